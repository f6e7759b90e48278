"""Many small files: in place, none of them damaged, beside codespell, typos and ruff; and damaged ones by one process and by two."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.inputs import PROSE, articles
from bench.measure import SCRIPT, Row, cost, program

NUMBER, DAMAGED = 2_000, 200

PEERS = {"codespell": ("-w",), "typos": (), "ruff": ("check", "--isolated", "--no-cache")}
"""The peers' commands, to be followed by a folder. ruff reads nothing but Python: it gets the same lines as comments."""


def rows(full: bool) -> Iterator[Row]:
    """The rows of files."""
    with tempfile.TemporaryDirectory() as folder:
        yield _clean(Path(folder, "clean"))
        yield _jobs(Path(folder, "damaged"), DAMAGED if full else DAMAGED // 10)


def _clean(folder: Path) -> Row:
    """Clean files of 500 bytes to 3 kB."""
    folder.mkdir()
    lines = PROSE.splitlines(keepends=True)
    for at in range(NUMBER):
        (folder / f"{at}.txt").write_text("".join(lines[(at + i) % len(lines)] for i in range(5 + at % 25)), encoding="utf-8")
    ours = min(cost([SCRIPT, "-w", str(folder)]) for _ in range(3))
    theirs = {}
    for name, options in PEERS.items():
        if name == "ruff":
            for path in [*folder.iterdir()]:
                commented = "".join(f"# {line}\n" for line in path.read_text(encoding="utf-8").split("\n"))
                path.rename(path.with_suffix(".py")).write_text(commented, encoding="utf-8")
        if found := program(name):
            theirs[name] = min(cost([found, *options, str(folder)]) for _ in range(3))
    peers = ", ".join(f"{name} {taken.seconds:.2f} s" for name, taken in theirs.items()) or "none is installed"
    met = 3 * ours.seconds <= theirs["codespell"].seconds if "codespell" in theirs else None
    return Row(f"-w over {NUMBER:,} clean small files", "a third of codespell's", f"{ours.seconds:.2f} s, {ours.memory:.0f} MB", peers, met)


def _jobs(folder: Path, number: int) -> Row:
    """Damaged files, by the clock."""
    folder.mkdir()
    for at, text in enumerate(articles(number, 500)):
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
    one, two = (cost([SCRIPT, "--check", "-j", jobs, str(folder)]) for jobs in "12")
    gain = one.clock / two.clock
    return Row(f"-j 2 over {number} damaged files, by the clock", "1.7 x as fast", f"{gain:.2f} x, {two.clock:.1f} s", f"-j 1: {one.clock:.1f} s", gain >= 1.7)
