"""A repair as something to look at: the only importer of rich.

Damage sits in prose, and prose has long lines. So what changes is shown within its surroundings, not in its whole paragraph; what was and what shall be
stand one under the other with the changed words picked out, which are known from the changes themselves; and each place has its reason in the margin, or
below where there is no room for a margin. Without colour the same text is printed.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from summitfix.core import Change, Repair
from summitfix.files import Block
from summitfix.lines import ANY_END, Hunk, Part, excerpt, hunks, starts
from summitfix.report import Outcome, owner, percent
from summitfix.terminal import label, visible

MARGIN, BESIDE = 100, 120
"""Columns from which on there is room for a margin, and for what was and what shall be side by side."""

STYLES = {"same": "", "gone": "bold red strike", "come": "bold green", "fold": "dim", "doubt": "bold yellow"}


class Side(NamedTuple):
    """What was, or what shall be: its sign with the style of that, the numbers of its lines, and the lines in parts."""

    look: tuple[str, str]
    numbers: list[str]
    lines: list[list[Part]]


_OLD, _NEW, _DOUBT, _FLAG = ("-", "bold red"), ("+", "bold green"), ("?", "bold yellow"), ("!", "bold yellow")


class View:
    """Renders repairs one after another at a fixed width; keeps track of the file it is in."""

    def __init__(self, *, colour: bool, width: int | None = None) -> None:
        self.console = Console(
            file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None, highlight=False, markup=False, emoji=False
        )
        self.name: str | None = None

    def block(self, name: str, block: Block, repair: Repair) -> str:
        """What is repaired in a block, and what is in doubt, with the number of each line."""
        begins = starts(block.text)
        lines: list[Text] = []
        if name != self.name:
            lines += [*([Text()] if self.name is not None else []), self._header(name, block.encoding)]
            self.name = name
        shown = [(hunk.start, 0, hunk) for hunk in hunks(block.text, repair.changes, begins)]
        shown += [(hunk.start, 1, hunk) for doubt in repair.doubts for hunk in hunks(block.text, [doubt], begins)]
        for _, doubtful, hunk in sorted(shown, key=lambda item: item[:2]):
            lines.append(Text())
            lines += self._hunk(block, begins, hunk, bool(doubtful), _unmade(hunk.changes[0]) if doubtful else "")
        return self._rendered(lines)

    def question(self, name: str, block: Block, begins: list[int], change: Change, *, replaces: bool) -> str:
        """One change of a block whose lines begin at `begins`, for somebody to decide upon: its place, its pass, its lines, why, and how sure it is.

        `replaces` says that it would take the place of what was taken before.
        """
        line, column = block.position(begins, change.start)
        said = f"{'sure' if change.is_sure else 'unsure'} ({percent(change.confidence)}){', would replace what was taken' * replaces}"
        lines = [Text(), self._header(f"{name}:{line}:{column}", owner(change))]
        for hunk in hunks(block.text, [change], begins):
            lines += self._hunk(block, begins, hunk, not change.is_sure, said)
        return self._rendered(lines)

    def table(self, outcome: Outcome) -> str:
        """The closing table: pass, changes, confidence."""
        names = [name for name, _ in outcome.passes.most_common()]
        rows = [("pass", "changes", "confidence")]
        rows += [(name, f"{outcome.passes[name]:,}", percent(outcome.least[name])) for name in names]
        if len(names) > 1:
            rows.append(("in all", f"{sum(outcome.passes.values()):,}", percent(min(outcome.least.values()))))
        wide = [max(len(row[column]) for row in rows) for column in range(3)]
        lines = [Text(f"  {name:<{wide[0]}}   {changes:>{wide[1]}}   {confidence}".rstrip()) for name, changes, confidence in rows]
        lines[0].stylize("dim")
        rule = Text("  " + "─" * (sum(wide) + 6), "dim")
        return self._rendered([Text(), lines[0], rule, *lines[1 : len(names) + 1], *([rule] if len(names) > 1 else []), *lines[len(names) + 1 :]])

    def _header(self, name: str, what: str) -> Text:
        """The name of a file and its codec, or of a place and a pass, on a rule."""
        header = Text.assemble(("── ", "dim"), (label(name), "bold"), (f" ({what}) ", "dim"))
        return header.append("─" * max(2, self.console.width - header.cell_len), "dim")

    def _hunk(self, block: Block, begins: list[int], hunk: Hunk, doubtful: bool, said: str) -> Iterator[Text]:
        """The lines of a hunk as they were and as they shall be, beside or above the reasons and what is `said` of them."""
        olds, news = _sides(block.text, hunk)
        flag = doubtful and hunk.changes[0].before == hunk.changes[0].after
        number = block.line + hunk.first
        digits = max(4, len(str(number + len(olds))))
        numbers = [f"{number + at:>{digits}}" for at in range(len(olds))]
        old = Side(_FLAG if flag else _DOUBT if doubtful else _OLD, numbers, olds)
        new = Side(_DOUBT if doubtful else _NEW, [" " * digits] * (0 if flag else len(news)), [] if flag else news)
        room = self.console.width - digits - 5
        margin = self._margin()
        width = room - 2 - margin if margin else room
        rows = list(self._paired(old, new, width) if self.console.width >= BESIDE and not flag else self._stacked(old, new, width))
        reasons = _reasons(hunk.changes, doubtful) + [("", Text(said, "yellow" if doubtful else "dim"))] * bool(said)
        notes = list(self._notes(reasons, margin or room))
        if not margin:
            yield from rows
            yield from (Text(" " * (digits + 5)).append_text(note) for note in notes)
            return
        for row, note in zip_longest(rows, notes, fillvalue=Text()):
            if note:
                yield row.copy().append(" " * (digits + 5 + width + 2 - row.cell_len)).append_text(note)
            else:
                yield row

    def _stacked(self, old: Side, new: Side, width: int) -> Iterator[Text]:
        """What was above what shall be."""
        for side in old, new:
            for number, parts in zip(side.numbers, side.lines, strict=True):
                yield from self._rows(number, side.look, _text(parts), width)

    def _paired(self, old: Side, new: Side, width: int) -> Iterator[Text]:
        """What was to the left of what shall be, line by line."""
        half = (width - 5) // 2
        for number, was, shall in zip_longest(old.numbers, old.lines, new.lines):
            left = self._rows(number, old.look, _text(was), half) if was is not None else []
            right = self._rows("", new.look, _text(shall), half) if shall is not None else []
            blank = Text(" " * len(number or old.numbers[0])).append(" │ ", "dim")
            for one, other in zip_longest(left, right):
                row = (one if one is not None else blank).copy()
                row.append(" " * (len(old.numbers[0]) + 5 + half - row.cell_len))
                yield row.append_text(other) if other is not None else row.append(" │", "dim")

    def _margin(self) -> int:
        """The columns of the margin; 0 where there is no room for one."""
        return self.console.width * (25 if self.console.width >= BESIDE else 30) // 100 if self.console.width >= MARGIN else 0

    def _rows(self, number: str, look: tuple[str, str], text: Text, width: int) -> Iterator[Text]:
        """A line, wrapped: the number and the sign stand before its first row only."""
        sign, style = look
        for at, row in enumerate(self._wrapped(text, width)):
            yield Text.assemble((number if at == 0 else " " * len(number), "dim"), (" │ ", "dim"), (sign if at == 0 else " ", style), " ", row)

    def _notes(self, reasons: list[tuple[str, Text]], width: int) -> Iterator[Text]:
        """The reasons, each behind the name of its pass."""
        wide = max((len(name) for name, _ in reasons), default=0) + 2
        said = ""
        for name, reason in reasons:
            for line in self._wrapped(reason, width - wide):
                yield Text.assemble((f"{name if name != said else '':<{wide}}", "cyan"), line)
                said = name

    def _wrapped(self, text: Text, width: int) -> Iterable[Text]:
        """`text` in rows of at most `width` columns."""
        return text.wrap(self.console, max(width, 10), overflow="fold", tab_size=4) if text else [Text()]

    def _rendered(self, lines: Iterable[Text]) -> str:
        """Lines as they go to the terminal."""
        with self.console.capture() as capture:
            for line in lines:
                line.rstrip()
                self.console.print(line, soft_wrap=True)
        return capture.get()


def _sides(text: str, hunk: Hunk) -> tuple[list[list[Part]], list[list[Part]]]:
    """The lines of a hunk before and after, in parts, what is far from any change folded away."""
    olds, news = [list[Part]()], [list[Part]()]
    for part in excerpt(text, hunk):
        if part.kind != "come":
            _extend(olds, part)
        if part.kind != "gone":
            _extend(news, part)
    return _trimmed(olds), _trimmed(news)


def _extend(lines: list[list[Part]], part: Part) -> None:
    """Put a part behind lines; line ends in it begin new lines."""
    first, *more = ANY_END.split(part.text)
    lines[-1].append(Part(part.kind, first))
    lines += [[Part(part.kind, line)] for line in more]


def _trimmed(lines: list[list[Part]]) -> list[list[Part]]:
    """`lines` without the empty one behind the last line end."""
    return lines[:-1] if len(lines) > 1 and not any(part.text for part in lines[-1]) else lines


def _text(parts: Iterable[Part]) -> Text:
    """Parts of a line, harmless and in their styles."""
    return Text.assemble(*((visible(part.text), STYLES[part.kind]) for part in parts))


def _reasons(changes: Iterable[Change], doubtful: bool) -> list[tuple[str, Text]]:
    """Why these changes, by pass: each reason once, with the number of times it holds."""
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        for name, note in dict.fromkeys((reason.rule.partition(".")[0], reason.note.partition("; ")[0]) for reason in change.why) or [(owner(change), "")]:
            counts.setdefault(name, Counter())[note] += 1
    return [
        (name, Text.assemble(*_struck(visible(note.removeprefix(f"{name}: ")), name == "spam" and not doubtful), (f" ×{number}" if number > 1 else "", "dim")))
        for name, notes in counts.items()
        for note, number in notes.items()
    ]


def _unmade(doubt: Change) -> str:
    """What is said of a doubt."""
    return "flagged, left as it is" if doubt.before == doubt.after else f"unsure ({percent(doubt.confidence)}), not made"


def _struck(note: str, cut: bool) -> Iterator[tuple[str, str]]:
    """A note; of what was cut, the text that it decodes is struck through."""
    points = re.search(r", \d+ points", note) if cut else None
    at = points.start() if points else 0
    yield note[:at], STYLES["gone"]
    yield note[at:], ""
