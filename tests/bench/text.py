"""`repair` on texts, beside ftfy and plsfix."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import cycle

from bench.inputs import DAMAGED, articles, numbered
from bench.measure import Row

SECONDS = 0.3
"""How long one engine works on one text, at least."""

CLEAN = ("en", "fr", "vi", "ru", "ko", "zh-hans", "ja", "th", "ar")
"""Languages whose clean text must not cost more than looking at it."""

TEXTS = 40
"""How many texts of the same words and new numbers there are of each language."""

Fix = Callable[[str], object]


@cache
def engines() -> dict[str, Fix]:
    """What repairs text here: summitfix, ftfy, and plsfix if it is installed."""
    found: dict[str, Fix] = {}
    for name, call in (("summitfix", "repair"), ("ftfy", "fix_text"), ("plsfix", "fix_text")):
        try:
            found[name] = getattr(importlib.import_module(name), call)
        except ImportError:
            continue
    return found


def speed(fix: Fix, texts: Sequence[str]) -> float:
    """Megabytes of UTF-8 a second of processor time, so that a busy machine does not matter; the first text is worked on once before, unmeasured."""
    fix(texts[0])
    done, begin = 0, time.process_time()
    for text in cycle([*texts[1:], texts[0]]):
        fix(text)
        done += len(text.encode())
        if (passed := time.process_time() - begin) > SECONDS:
            break
    return done / passed / 1e6


def row(name: str, texts: Sequence[str], ftfy: float, plsfix: float) -> Row:
    """Texts repaired by each engine; wanted is a speed of so many times those of the peers (0: nothing)."""
    speeds = {engine: speed(fix, texts) for engine, fix in engines().items()}
    ours = speeds.pop("summitfix")
    wanted = {"ftfy": ftfy, "plsfix": plsfix}
    target = ", ".join(f"{times:g} x {peer}" for peer, times in wanted.items() if times)
    met = all(ours >= wanted[peer] * theirs for peer, theirs in speeds.items())
    return Row(name, target, f"{ours:.2f} MB/s", ", ".join(f"{peer} {theirs:.2f}" for peer, theirs in speeds.items()), met)


def rows(full: bool) -> Iterator[Row]:
    """The rows of clean and damaged texts."""
    for language in CLEAN:
        yield row(f"clean, lines that differ: {language}", [numbered(language, 100_000, part) for part in range(TEXTS)], 20, 3)
    size = 1_000_000 if full else 50_000
    yield row("damaged: an article, again and again", articles(1), 5, 1)
    for (name, sentence), plsfix in zip(DAMAGED.items(), (0, 1), strict=True):
        yield row(f"damaged: {name}", [sentence * (size // len(sentence.encode()) + 1)], 5, plsfix)
    yield solving(100 if full else 10)


def solving(number: int) -> Row:
    """Articles whose words are new, each repaired once."""
    texts = articles(number)
    times = {}
    for engine, fix in engines().items():
        begin = time.process_time()
        for text in texts:
            fix(text)
        times[engine] = time.process_time() - begin
    ours = times.pop("summitfix")
    peers = ", ".join(f"{peer} {theirs:.2f} s" for peer, theirs in times.items())
    return Row(f"{number} damaged articles of 7 kB, once each", "2 x ftfy's time", f"{ours:.2f} s", peers, ours <= 2 * times["ftfy"])
