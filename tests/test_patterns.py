"""No expression of the package takes time that grows faster than the text it is given; `make fuzz-patterns` searches longer."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import patterns
import pytest

from summitfix.rereading import sound

SCRIPT = Path(patterns.__file__)


def test_no_expression_is_stopped_by_the_text_it_is_given() -> None:
    """In a process of its own, which watches all expressions from their beginning."""
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, cwd=SCRIPT.parents[1], check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 400


@pytest.mark.parametrize(("pattern", "method"), [("(a+)+b", "match"), ("[a-z]+1", "finditer"), (r"\s*,", "finditer"), (r"(?:\d{2,3})*x", "match")])
def test_an_expression_that_can_be_stopped_is_found(pattern: str, method: str) -> None:
    assert found(pattern, method) is not None


@pytest.mark.parametrize(("pattern", "method"), [("[a-z]+", "finditer"), ("(?<![a-z])[a-z]+1", "finditer"), ("[a-z]+1", "match"), (r"\w{1,30}\.", "finditer")])
def test_one_that_cannot_be_stopped_is_not(pattern: str, method: str) -> None:
    assert found(pattern, method) is None


@pytest.mark.parametrize(("pattern", "method", "attack"), [(sound._SOUND, "fullmatch", ("", "å", "x"))], ids=["sound"])
def test_what_once_stopped_one_does_so_no_more(pattern: re.Pattern[str], method: str, attack: tuple[str, str, str]) -> None:
    signal.signal(signal.SIGVTALRM, patterns._stop)
    assert patterns.tried(patterns.Shipped(pattern.pattern, pattern.flags, "", "", frozenset()), method, attack) is None


def found(pattern: str, method: str) -> patterns.Finding | None:
    one = patterns.Shipped(pattern, 0, "here:1", "HERE", frozenset({method}))
    return patterns.attacked(one, seed="1", turns=40)[0]
