"""What goes through a pipe: speed and memory beside cat, of clean text, of damage, and of what no document is like."""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bench.inputs import HUNDREDTH, MIXED, PROSE, SENTENCES
from bench.measure import SCRIPT, Cost, Row, cost

LINE = SENTENCES["English, ASCII"].replace("\n", " ")


class Pipe(NamedTuple):
    """What goes through: a piece of it, how many megabytes by default and in full, whether it comes out as it is, and the most memory in megabytes.

    Lines, if it has any, are numbered: no block is like another, and one piece in twenty is new.
    """

    name: str
    piece: str
    size: int
    full: int
    clean: bool
    memory: float


PIPES = (
    Pipe("clean ASCII", SENTENCES["English, ASCII"], 100, 400, True, 100),
    Pipe("clean English with quotation marks", PROSE, 100, 400, True, 100),
    Pipe("clean, some French and Russian", MIXED, 10, 400, True, 100),
    Pipe("damage on each hundredth line", HUNDREDTH, 8, 1000, False, 150),
    Pipe("one line", LINE, 20, 200, True, 150),
    Pipe("one letter of mojibake, again and again", "Ã©", 2, 10, False, 150),
    Pipe("question marks", "?", 10, 10, True, 150),
    Pipe("straight quotation marks", '"', 10, 10, True, 150),
    Pipe("curly quotation marks", "“", 2, 10, True, 150),
)

FAST = 150.0
"""Megabytes a second that clean text is to have."""

LINEAR = 1.3
"""How much longer a megabyte may take in the whole than in the first half of the same."""


def rows(full: bool) -> Iterator[Row]:
    """The rows of pipes."""
    with tempfile.TemporaryDirectory() as folder:
        given, output = Path(folder, "given.txt"), Path(folder, "output.txt")
        for number, pipe in enumerate(PIPES):
            size = pipe.full if full else pipe.size
            half = _passed(pipe, size / 2, given, output)
            whole = _passed(pipe, size, given, output)
            same = filecmp.cmp(given, output, shallow=False)
            cat = cost(["cat"], given, output)
            growth = whole.seconds / 2 / half.seconds
            is_fast = number >= 3 or size / whole.seconds >= FAST
            yield Row(
                f"pipe, {size} MB: {pipe.name}",
                (f"{FAST:g} MB/s, " if number < 3 else "linear, ") + f"{pipe.memory:g} MB" + ", unchanged" * pipe.clean,
                f"{size / whole.seconds:.1f} MB/s, {whole.memory:.0f} MB, a megabyte {growth:.2f} x the half's"
                + ("" if same == pipe.clean else ", CHANGED" if pipe.clean else ", NOT REPAIRED"),
                f"cat {size / cat.seconds:.0f} MB/s",
                is_fast and growth <= LINEAR and whole.memory <= pipe.memory and same == pipe.clean,
            )


def _passed(pipe: Pipe, size: float, given: Path, output: Path) -> Cost:
    """Let so many megabytes go through."""
    left, number = round(size * 1_000_000), count(1)
    lines = pipe.piece.splitlines(keepends=True) if "\n" in pipe.piece else None
    with given.open("wb") as file:
        while left > 0:
            piece = "".join(f"{next(number)} {line}" for line in lines) if lines else pipe.piece * 1000
            left -= file.write(piece.encode())
    return cost([SCRIPT], given, output)
