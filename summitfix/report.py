"""A repair as lines and as an exit code. Pure text: nothing here prints or opens a file."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from summitfix.core import Change, Repair
from summitfix.files import Block
from summitfix.lines import starts

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


def short(text: str) -> str:
    """A text that fits a line of a report."""
    text = text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"
    return flat(text)


def flat(text: str) -> str:
    """A text on one line of a terminal."""
    return visible(text).replace("\n", "␊").replace("\t", "␉")


def label(name: str) -> str:
    """A file name on one line of a terminal, or of a log of GitHub's, which obeys lines that begin with two colons."""
    return f"./{flat(name)}" if name.lstrip().startswith("::") else flat(name)


def visible(text: str) -> str:
    """`text` with everything harmless to a terminal and nothing hidden: control pictures for controls, code points for what has no glyph.

    LF and TAB stay, and joiners between letters of scripts that need them. Stray bytes show as `<0xFF>`.

    >>> visible("\\x1b[31mred\\u202e")
    '␛[31mred<U+202E>'
    """
    if text.isascii() and text.isprintable():
        return text
    parts = re.split(_JOINER, text)
    parts[::2] = ("".join(sign if sign.isprintable() or sign in "\t\n" else _picture(ord(sign)) for sign in part).translate(_UNSEEN) for part in parts[::2])
    shown = re.sub(_STRAY_SELECTOR, lambda found: _picture(ord(found[0])), "".join(parts))
    return re.sub(_HEAP, lambda found: _heaped(found[0]), shown)


_JOINER = "(?<=[\u0620-\u0dff])([\u200c\u200d])(?=[\u0620-\u0dff])"
"""Persian and the scripts of India are spelled with zero-width joiners and non-joiners."""


_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_STRAY_SELECTOR = f"(?<![^\x00-\x22$-)+-/:-\xa8{_SELECTORS}])[{_SELECTORS}]"
"""A variation selector behind what has no variants, or behind another one: bytes are smuggled in them, for Unicode calls them printable."""

_HEAP = "[^\\w\x00-\u02ff\u2000-\u20cf\u2100-\u2dff\u3000-\u3029]{9,}"
"""Where marks might be heaped on a letter, told by what they are not."""

HEAPED = 8
"""Marks that a letter may have: Hebrew with points and accents has five, a stack of Tibetan seven."""


def _heaped(signs: str) -> str:
    """Signs with all marks behind the first HEAPED in a row as code points: a tower of them would cover the lines above."""
    from unicodedata import category

    shown, marks = "", 0
    for sign in signs:
        marks = marks + 1 if category(sign).startswith("M") else 0
        shown += sign if marks <= HEAPED else _picture(ord(sign))
    return shown


_UNSEEN = {code: f"<U+{code:04X}>" for code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)}
"""Code points without a glyph that Unicode calls printable."""


def wide(text: str) -> int:
    """How many columns a text takes on a terminal."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "FW") for sign in text)


def wrapped(text: str, first: str = "", rest: str = "", width: int = 80) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces, and anywhere in a word that fills a line; `first` and `rest` stand before them.

    >>> wrapped("one two three", "- ", "  ", 9)
    ['- one two', '  three']
    """
    lines, line = [], first
    for word in text.split(" "):
        gap = "" if line in (first, rest) else " "
        if wide(line) + len(gap) + wide(word) > width and gap:
            lines.append(line.rstrip())
            line, gap = rest, ""
        line += gap
        for sign in word:
            if wide(line) + wide(sign) > width:
                lines.append(line)
                line = rest
            line += sign
    return [*lines, line.rstrip()]


def _picture(code: int) -> str:
    """A code point that does not print, as something that does."""
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "␡"
    if 0xDC80 <= code <= 0xDCFF:
        return f"<0x{code - 0xDC00:02X}>"
    return chr(code) if chr(code).isspace() and code not in (0x85, 0x2028, 0x2029) else f"<U+{code:04X}>"
