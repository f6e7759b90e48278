"""What is shipped: the wheel and the source archive hold what they should, are the same each time, and are not built of damaged tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from matrix import ROOT, build, checked, floors, project
from packaging.requirements import Requirement

from summitfix.data.build_sums import FOLDER, LIST, differences

BUILT = ("summitfix", "tests", "samples", "pyproject.toml", "README.md", "LICENSE", "Makefile", ".pre-commit-hooks.yaml", ".gitignore", ".ci")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the project that a test may damage."""
    for name in BUILT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / "tree" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (tmp_path / "tree").mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "tree" / name)
    return tmp_path / "tree"


def test_the_list_of_sums_is_that_of_the_tables() -> None:
    """If this fails after a change on purpose: make sums."""
    assert differences() == []


def test_wheel_and_source_archive_hold_what_they_should_and_are_the_same_each_time(tree: Path, tmp_path: Path) -> None:
    wheel, source = checked(sys.executable, tree, tmp_path)
    assert max(wheel.stat().st_size, source.stat().st_size) < 5_000_000


def changed(path: Path) -> None:
    """Turn one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def with_other_line_ends(path: Path) -> None:
    """Do what a checkout with core.autocrlf does."""
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def copied(path: Path) -> None:
    """Leave a copy of a file beside it."""
    shutil.copy(path, path.with_name(f"{path.name}.orig"))


DAMAGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("model.bin", changed, "model.bin has other bytes"),
    ("words.bin", changed, "words.bin has other bytes"),
    ("spam.toml", with_other_line_ends, "spam.toml has other bytes"),
    ("webpage/list.js", changed, "webpage/list.js has other bytes"),
    ("screen.txt", Path.unlink, "screen.txt is missing"),
    ("words.bin", copied, "words.bin.orig is not listed"),
]


@pytest.mark.parametrize(("name", "damage", "said"), DAMAGES)
def test_nothing_is_built_of_a_damaged_table(tree: Path, name: str, damage: Callable[[Path], None], said: str) -> None:
    damage(tree / "summitfix" / "data" / name)
    for target in "wheel", "sdist":
        with pytest.raises(subprocess.CalledProcessError) as caught:
            build(sys.executable, tree, tree / "dist", target)
        lines = caught.value.output.decode().splitlines()
        assert lines == ["Not as SHA256SUMS has it:", f"summitfix/data/{said}", "Restore what is damaged; after a change on purpose, run make sums."]


def test_the_sums_are_written_anew(tree: Path, tmp_path: Path) -> None:
    data = tree / "summitfix" / "data"
    changed(data / "model.bin")
    subprocess.run([sys.executable, "-m", "summitfix.data.build_sums"], cwd=tree, check=True)
    assert differences(data) == [] and build(sys.executable, tree, tmp_path / "built", "wheel")
    assert (data / LIST).read_text() != (FOLDER / LIST).read_text()


def test_sources_and_licences_are_told_of_each_table() -> None:
    told = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    tables = {line.split("  ")[1].partition("/")[0] for line in (FOLDER / LIST).read_text(encoding="utf-8").splitlines()}
    headings = set(re.findall(r"^## (\S+)$", told, re.MULTILINE))
    assert {name for name in tables if not name.endswith(".LICENSE.txt")} == {name.rstrip("/") for name in headings}
    assert all(f"`{name}`" in told for name in tables if name.endswith(".LICENSE.txt"))


def test_every_requirement_has_a_floor_that_the_matrix_tries() -> None:
    asked = project()
    assert [Requirement(name).name for name in floors([*asked.builder, *asked.runtime, *asked.dev])]


def test_a_requirement_without_a_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="click has no lower bound"):
        floors(["click"])


def test_what_the_readme_calls_a_test_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(named) > 5 and [name for name in sorted(named) if not (ROOT / name).exists()] == []
