"""What is promised of any input is kept: under some examples each, the same ones wherever a run decides. `make fuzz` runs as many as one likes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises import PROMISES, Promise


@pytest.mark.parametrize("promise", PROMISES.values(), ids=PROMISES)
def test_a_promise_is_kept(promise: Promise) -> None:
    @given(st.randoms(use_true_random=False).map(promise.example))
    @settings(max_examples=promise.few, deadline=None, suppress_health_check=list(HealthCheck))
    def test(example: tuple[Any, ...]) -> None:
        promise.keep(*example)

    test()
