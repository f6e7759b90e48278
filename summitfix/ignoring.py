"""What must not be touched, by the word of whoever wrote the file: markers in the text, and strings to keep.

A marker may stand in any comment syntax, since the text is searched and not parsed:

    summitfix: ignore            nothing in this line is changed
    summitfix: ignore[spam]      nothing in this line is changed by the pass spam
    summitfix: off               nothing is changed from this line on,
    summitfix: on                up to this one
    summitfix: ignore-file       in the first five lines: nothing in this file is changed
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from summitfix.core import Change
from summitfix.lines import END, starts

NAME = "summitfix:"
MARKER = NAME + r"[ \t]*(?P<what>ignore-file|ignore|off|on)(?![\w-])(?:\[(?P<passes>[\w, \t-]*)\])?"

HEAD = 5
"""Lines at the beginning of a file in which `ignore-file` is looked for."""


class Guarded(NamedTuple):
    """A stretch of text that must stay, in code points; `passes` are those that it must be kept from, none means all."""

    start: int
    end: int
    passes: tuple[str, ...] = ()


class Guard:
    """Permits changes where no marker forbids them and no kept string is harmed. Made for one file; `enter` tells it of each block."""

    def __init__(self, keep: Collection[str] = ()) -> None:
        self.keep = frozenset(filter(None, keep))
        lengths = Counter(map(len, self.keep))
        self.lengths = [length for length, number in lengths.items() if number >= length]
        self.rare = [string for string in self.keep if lengths[len(string)] < len(string)]
        self.ignored = self.off = self.open = False
        self.text, self.guarded = "", list[Guarded]()

    def enter(self, text: str, *, first: bool) -> None:
        """Begin a block of the file, the first one or one behind those before it."""
        self.off = self.open
        if first and NAME in text:
            head = [match.end() for _, match in zip(range(HEAD), re.finditer(END, text), strict=False)]
            lines = text[: head[-1]] if len(head) == HEAD else text
            self.ignored = any(marker["what"] == "ignore-file" for marker in re.finditer(MARKER, lines))
        self.text = text
        self.guarded, self.open = self._look(text)

    def permit(self, name: str, text: str, change: Change) -> bool:
        """Whether the pass `name` may make `change` of `text`, which is the block as earlier passes left it."""
        if self.ignored:
            return False
        if text is not self.text:
            self.text = text
            self.guarded, _ = self._look(text)
        if self.guarded:
            start, end = change.start, max(change.end, change.start + 1)
            at = bisect_left(self.guarded, (start,))
            for stretch in self.guarded[max(0, at - 1) :]:
                if stretch.start >= end:
                    break
                if stretch.end > start and (not stretch.passes or name in stretch.passes):
                    return False
        # By length: a list of 20,000 strings costs no more than one of ten. But where hardly two are of one length, each by itself.
        spans = ((at, at + length) for length in self.lengths for at in range(max(0, change.start - length + 1), change.end))
        if any(text[start:end] in self.keep for start, end in spans):
            return False
        return not any(text.find(string, max(0, change.start - len(string) + 1), change.end + len(string) - 1) >= 0 for string in self.rare)

    def _look(self, text: str) -> tuple[list[Guarded], bool]:
        """The stretches of `text` that must stay, and whether the last one goes on behind it."""
        return _guarded(text, off=self.off) if self.off or NAME in text else ([], False)


def _guarded(text: str, *, off: bool) -> tuple[list[Guarded], bool]:
    """The stretches of `text` that must stay, in order and apart, and whether the last one is open; `off` says that the text begins in one."""
    begins = starts(text)
    found: list[Guarded] = []
    since = 0 if off else -1
    lines = iter([*begins[1:], len(text)])
    end = next(lines)
    start = 0
    for marker in re.finditer(MARKER, text):
        while end <= marker.start() and end < len(text):
            start, end = end, next(lines)
        what = marker["what"]
        if since >= 0:
            if what == "on":
                found.append(Guarded(since, end))
                since = -1
        elif what == "off":
            since = start
        elif what == "ignore":
            passes = tuple(name.strip() for name in (marker["passes"] or "").split(",") if name.strip())
            begin = start
            if found and found[-1].end > start:  # a second marker in one line, be it the `on` of lines before
                begin, _, others = found.pop()
                passes = others + passes if others and passes else ()
            found.append(Guarded(begin, end, passes))
    if since >= 0:
        found.append(Guarded(since, len(text)))
    return found, since >= 0
