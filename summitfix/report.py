"""A repair as lines and as an exit code. Pure text: nothing here prints or opens a file."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from summitfix.core import Change, Repair
from summitfix.files import Block
from summitfix.lines import starts
from summitfix.terminal import label, short

CLEAN, DAMAGED, TROUBLE, BUG = 0, 1, 2, 70
"""Exit codes; of several the worst wins."""

LISTED = 20
"""Repairs listed for each file that was written; a file with more is counted, not read."""


class Outcome:
    """What a run came to: files by what became of them, and changes by pass. Decides the exit code.

    `left` are sure changes, by pass, that were refused or not even asked about; `unseen` says that the run stopped before it had looked at everything.
    """

    def __init__(self) -> None:
        self.clean = self.damaged = self.repaired = self.failed = 0
        self.passes: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.unseen = False
        self.least: dict[str, float] = {}

    def count(self, changes: Iterable[Change]) -> None:
        """Take in the changes made to some text."""
        for change in changes:
            name = owner(change)
            self.passes[name] += 1
            self.least[name] = min(self.least.get(name, 1.0), change.confidence)

    def leave(self, changes: Iterable[Change]) -> None:
        """Take in sure changes that somebody did not take."""
        self.left.update(map(owner, changes))

    def looked(self) -> None:
        """One file was looked at, and nothing written."""
        self.damaged, self.clean = int(bool(self.passes)), int(not self.passes)

    def delivered(self) -> None:
        """One file was repaired, and the repair written, but for what was left."""
        self.repaired, self.damaged, self.clean = int(bool(self.passes)), int(bool(self.left)), int(not self.passes and not self.left)

    def add(self, other: Outcome) -> None:
        """Take in what another one counted."""
        self.clean += other.clean
        self.damaged += other.damaged
        self.repaired += other.repaired
        self.failed += other.failed
        self.unseen |= other.unseen
        if other.passes or other.left:  # most files have neither
            self.passes += other.passes
            self.left += other.left
            self.least = {name: min(self.least.get(name, 1.0), other.least.get(name, 1.0)) for name in self.passes}

    def code(self, *, exit_zero: bool = False) -> int:
        """The exit code; `exit_zero` forgives damage, never trouble."""
        if self.failed:
            return TROUBLE
        return DAMAGED if (self.damaged or self.unseen) and not exit_zero else CLEAN

    def summary(self) -> str:
        """One line on what was written: `repaired 2 files (5 mojibake, 3 glyphs, 1 spam), 40 clean, 1 failed`."""
        parts = [f"repaired {counted(self.repaired, 'file')} ({tally(self.passes)})"] if self.repaired else []
        parts += [f"{counted(self.left.total(), 'repair')} not taken ({tally(self.left)})"] if self.left else []
        parts += [f"{number} {name}" for number, name in ((self.clean, "clean"), (self.failed, "failed")) if number]
        return ", ".join([*parts, *(["the rest not looked at"] if self.unseen else [])])


def owner(change: Change) -> str:
    """The pass that had the last word on a change: what was decoded and then cut is spam."""
    return change.why[-1].rule.partition(".")[0] if change.why else "repair"


def tally(passes: Mapping[str, int]) -> str:
    """Changes by pass: `5 mojibake, 3 glyphs, 1 spam`."""
    return ", ".join(f"{number} {name}" for name, number in sorted(passes.items(), key=lambda item: (-item[1], item[0])))


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'s' * (number != 1)}"


def thousandths(probability: float) -> int:
    """A probability in thousandths, rounded down, and never certainty: from 73 nats on the nearest float is 1.0."""
    return min(999, math.floor(probability * 1000 + 1e-6))


def percent(probability: float) -> str:
    """A probability in percent; see `thousandths`.

    >>> percent(0.9), percent(0.99999), percent(1.0)
    ('90.0 %', '99.9 %', '99.9 %')
    """
    return f"{thousandths(probability) / 10:.1f} %"


def repairs(name: str, block: Block, repair: Repair) -> Iterator[str]:
    """One line for each change: `PATH:LINE:COL: mojibake "â€œ" -> "“"`."""
    begins = starts(block.text)
    for change in repair.changes:
        line, column = block.position(begins, change.start)
        yield f'{label(name)}:{line}:{column}: {owner(change)} "{short(change.before)}" -> "{short(change.after)}"'
