"""Neighbours of the hacked article come out exact, their innocent twins untouched; the samples are what the script makes and are repaired."""

import json
from pathlib import Path

import neighbours
import pytest

import summitfix

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = sorted(path.name.removesuffix(".expected.txt") for path in SAMPLES.glob("*.expected.txt"))


def sample(name, kind):
    return (SAMPLES / f"{name}.{kind}").read_bytes().decode("utf-8")


def test_there_are_samples():
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_repaired_byte_for_byte(name):
    repaired = summitfix.repair(sample(name, "damaged.txt"))
    assert repaired.after == sample(name, "expected.txt")
    assert summitfix.repair(repaired.after).changes == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_what_its_record_says(name):
    record = json.loads(sample(name, "json"))
    assert neighbours.load_make().damage(sample(name, "expected.txt"), record["steps"]) == sample(name, "damaged.txt")
    assert record["steps"] == neighbours.load_make().RECIPES[name]


EXACT = (0, 1, 2, 4, 6, 7, 10, 12, 13, 15, 17, 19, 21, 25, 29, 33, 36, 38, 41, 45, 48, 51, 54)
"""Seeds of every codec, article language and form of damage that are to stay solved."""


@pytest.mark.parametrize("seed", EXACT)
def test_a_neighbour_comes_out_exact(seed):
    found = neighbours.neighbour(seed)
    assert summitfix.repair(found.damaged).after == found.expected


@pytest.mark.parametrize("seed", range(24))
def test_an_innocent_twin_stays(seed):
    found = neighbours.neighbour(seed)
    assert summitfix.repair(found.twin).after == found.twin


def test_a_seed_always_gives_the_same_neighbour():
    assert neighbours.neighbour(3) == neighbours.neighbour(3)
    assert neighbours.neighbour(3) != neighbours.neighbour(4)
