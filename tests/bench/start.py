"""What starting costs: a small clean file, and a damaged article with the view."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.inputs import DAMAGED, SENTENCES
from bench.measure import SCRIPT, Row, compiled, cost

TURNS = 20


def start(commands: dict[str, Sequence[str]], turns: int = TURNS) -> dict[str, float]:
    """The median time of each command in milliseconds, all of them in turn so that a busy machine is equally busy for all."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    with compiled() as environment:
        for turn in range(turns + 1):
            for name, command in commands.items():
                taken = cost(command, environment=environment).seconds
                if turn:
                    times[name].append(taken * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def start_on_clean_file(turns: int = TURNS, *, damaged: bool = False) -> dict[str, float]:
    """The medians of bare Python and of the console script on a small clean file; if so said, also on a damaged article, with the view."""
    with tempfile.TemporaryDirectory() as folder:
        clean, article = Path(folder, "clean.txt"), Path(folder, "article.txt")
        clean.write_text(SENTENCES["English, ASCII"] * 20, encoding="utf-8")
        article.write_text((SENTENCES["English, ASCII"] * 20 + DAMAGED["French, UTF-8 read as latin-1"]) * 2, encoding="utf-8")
        commands = {"python -c pass": [sys.executable, "-c", "pass"], "summitfix clean.txt": [SCRIPT, str(clean)]}
        return start(commands | ({"summitfix article.txt": [SCRIPT, "--exit-zero", str(article)]} if damaged else {}), turns)


def rows(_: bool) -> Iterator[Row]:
    """The rows of starting."""
    medians = start_on_clean_file(damaged=True)
    bare = medians.pop("python -c pass")
    for name, most in ("summitfix clean.txt", 4.0), ("summitfix article.txt", 16.0):
        times = medians[name] / bare
        yield Row(f"start: {name}", f"at most {most:g} x python", f"{times:.1f} x, {medians[name]:.0f} ms", f"python {bare:.1f} ms", times <= most)
