"""Where lines begin, which of them a change touches, and how much of these is worth showing.

Lines end at LF, CRLF and CR only: `str.splitlines` also breaks at U+001C and U+0085, which in damaged text are what is left of a quotation mark
or of an ellipsis.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from summitfix.core import Change, apply

END = r"\r\n?|\n"

ANY_END = re.compile(END)

AROUND = 48
"""Code points shown on each side of a change; a fold that would hide less than SPARED is not made."""

SPARED = 16


class Hunk(NamedTuple):
    """Whole lines that changes touch: from line `first` up to line `last` (from 0, the last one excluded), `start` to `end` in code points."""

    first: int
    last: int
    start: int
    end: int
    changes: tuple[Change, ...]

    def after(self, text: str) -> str:
        """What its lines, found in `text`, become."""
        return apply(text[self.start : self.end], [change._replace(start=change.start - self.start) for change in self.changes])


def starts(text: str) -> list[int]:
    r"""The offsets in code points where lines begin; the last one is behind the last line end, where nothing may stand.

    >>> starts("one\r\ntwo\rthree\n")
    [0, 5, 9, 15]
    """
    return [0, *(match.end() for match in re.finditer(END, text))]


def position(begins: Sequence[int], offset: int) -> tuple[int, int]:
    """Line and column of `offset`, both from 1; `begins` is what `starts` found."""
    line = bisect_right(begins, offset)
    return line, offset - begins[line - 1] + 1


def hunks(text: str, changes: Iterable[Change], begins: Sequence[int]) -> Iterator[Hunk]:
    """The lines of `text` that `changes` (sorted, disjoint) touch, changes of the same lines together.

    A change that takes away a line end takes in the line behind it too, so that a hunk turns whole lines into whole lines.
    """
    first = last = 0
    grown: list[Change] = []
    for change in changes:
        line = bisect_right(begins, change.start) - 1
        if grown and line >= last:
            yield Hunk(first, last, begins[first], _end(begins, last, text), tuple(grown))
            grown = []
        if not grown:
            first = last = line
        grown.append(change)
        last = max(last, bisect_right(begins, max(change.start, change.end - 1)))
        if change.end == _end(begins, last, text) < len(text) and _last(text, begins[first], grown) not in ("", "\n", "\r"):
            last += 1
    if grown:
        yield Hunk(first, last, begins[first], _end(begins, last, text), tuple(grown))


def _end(begins: Sequence[int], last: int, text: str) -> int:
    """Where line `last` begins, or the text ends."""
    return begins[last] if last < len(begins) else len(text)


def _last(text: str, start: int, changes: Sequence[Change]) -> str:
    """The last character that `changes` leave of the text from `start` to the end of the last of them."""
    end = changes[-1].end
    for change in reversed(changes):
        if change.end < end:
            break
        if change.after:
            return change.after[-1]
        end = change.start
    return text[end - 1] if end > start else ""


class Part(NamedTuple):
    """Some text of one kind: `same` as it was, a `fold` in place of such text, `gone` by a change or `come` by it."""

    kind: str
    text: str


def excerpt(text: str, hunk: Hunk) -> Iterator[Part]:
    """What is worth showing of a hunk of `text`: for each change what is gone and then what has come, with the text around, what is far away folded.

    >>> [part.text for part in excerpt("it?s", Hunk(0, 1, 0, 4, (Change(2, "?", "’", ()),)))]
    ['it', '?', '’', 's']
    """
    done = hunk.start
    for at, change in enumerate(hunk.changes):
        yield from _folded(text[done : change.start], behind=at > 0, before=True)
        yield Part("gone", change.before)
        yield Part("come", change.after)
        done = change.end
    yield from _folded(text[done : hunk.end], behind=True, before=False)


def _folded(text: str, *, behind: bool, before: bool) -> list[Part]:
    """Unchanged text that stands behind a change, before one, or both, without its middle."""
    head, tail = AROUND * behind, AROUND * before
    if len(text) <= head + tail + SPARED:
        return [Part("same", text)]
    start = text[:head]
    if behind and " " in start[-SPARED:]:
        start = start[: start.rindex(" ")]
    end = text[len(text) - tail :]
    if before and " " in end[:SPARED]:
        end = end[end.index(" ") + 1 :]
    breaks = "\n" * bool(ANY_END.search(text[len(start) : len(text) - len(end)]))
    return (
        [Part("same", start), Part("fold", " … " if start else "… "), Part("same", breaks + end)]
        if end or breaks
        else [Part("same", start), Part("fold", " …")]
    )
