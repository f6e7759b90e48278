"""What is promised of any input is kept: under some examples each, the same ones wherever a run decides. `make fuzz` runs as many as one likes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fuzz import Trial, at_random
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises import PROMISES, Promise


@pytest.mark.parametrize("promise", PROMISES.values(), ids=PROMISES)
def test_a_promise_is_kept(promise: Promise) -> None:
    @given(st.randoms(use_true_random=False).map(promise.example))
    @settings(max_examples=promise.few, suppress_health_check=list(HealthCheck))
    def test(example: tuple[Any, ...]) -> None:
        promise.keep(*example)

    test()


def test_what_breaks_a_promise_is_made_small_and_has_a_seed() -> None:
    def keep(text: str, number: int) -> None:
        assert "b" not in text or "é" not in text or number > 1

    trial = Trial(Promise(keep, (lambda pick: "xb" * 9 + "yé" * 9, lambda pick: pick.randint(0, 2)), 1), seconds=60.0)
    at_random(trial, examples=30, seed=7)
    assert trial.run == 30
    assert len(trial.fallen) == 1
    assert re.match(r"seed \d+: \('b\\xe9', [01]\)\n", *trial.fallen.values())
