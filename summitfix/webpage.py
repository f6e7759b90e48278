"""Repairs as one page that needs nothing else: no network, no server, no second file.

What is shown is what the terminal's view shows, in the same words: the surroundings of each change, before and after, with its reasons. It goes into the
page as data, a line of JSON for each excerpt, and the page's script makes elements of those that come into sight, so that a hundred thousand changes
can be looked at. Text becomes text nodes and nothing else, and everything invisible was made visible before. Where scripts do not run there is the
summary and a plain list of the first changes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from summitfix.core import Change, Reason, Repair
from summitfix.files import Block
from summitfix.lines import ANY_END, Hunk, excerpt, hunks, starts
from summitfix.report import Outcome, counted, owner, percent, thousandths
from summitfix.terminal import label, visible

PATH = Path(__file__).parent / "data" / "webpage"

SCRIPTS = ("facts.js", "excerpts.js", "strips.js", "list.js", "steps.js", "controls.js")
"""The parts of the page's script, in order; they share a scope of their own."""

LISTED = 500
"""Changes in the plain list for readers without scripts."""

CROWD = 24
"""Changes shown in one excerpt at most: a line may hold a hundred thousand."""

LEVELS = ((999, "99.9 % or more"), (990, "99 to 99.9 %"), (900, "90 to 99 %"), (0, "below 90 %"))
"""The rows of the summary: the least confidence, in thousandths, of the changes that were made, and what they are called."""

MADE, UNSURE, FLAG = range(3)
"""What became of a change, as the page's script numbers it too."""

SAID = {UNSURE: "unsure, not made", FLAG: "flagged, left as it is"}


class Kind(NamedTuple):
    """What the summary counts together: the pass, what became of the change, and the index of its level."""

    name: str
    state: int
    level: int


class File:
    """What is known of an input: its label, its codec, its length in code points, and by pass the changes that were made."""

    def __init__(self, name: str, encoding: str) -> None:
        self.name = name
        self.encoding = encoding
        self.length = 0
        self.passes: Counter[str] = Counter()


class Webpage:
    """Takes in blocks and their repairs, in the order of the input, and makes the page of them; keeps only what it will show."""

    def __init__(self) -> None:
        self._read = 0
        self._file: File | None = None
        self._files: list[File] = []
        self._excerpts: list[str] = []
        self._reasons: dict[Reason, int] = {}
        self._kinds: Counter[Kind] = Counter()
        self._list: list[str] = []
        self._outcome = Outcome()

    def add(self, name: str, block: Block, repair: Repair) -> None:
        """Take in a block of the input called `name`; its first one begins at line 1, column 1."""
        file = self._file
        if file is None or block.line == block.column == 1:
            file = self._file = File(label(name), block.encoding)
            self._read += 1
        if repair.changes or repair.doubts:
            if self._files[-1:] != [file]:
                self._files.append(file)
                file.encoding = block.encoding  # until now all was plain ASCII, or not worth a word
            begins = starts(block.text)
            shown = [(hunk.start, 0, hunk) for hunk in hunks(block.text, repair.changes, begins)]
            shown += [(hunk.start, 1, hunk) for doubt in repair.doubts for hunk in hunks(block.text, [doubt], begins)]
            for _, doubtful, hunk in sorted(shown, key=lambda item: item[:2]):
                for some in _crowds(hunk):
                    self._excerpts.append(self._excerpt(block, begins, some, bool(doubtful), some.end < hunk.end))
            self._outcome.count(repair.changes)
        file.length += len(block.text)

    def _excerpt(self, block: Block, begins: list[int], hunk: Hunk, doubtful: bool, more: bool) -> str:
        """A line of JSON: the index of the file (the last one), the line, the parts of the text, the changes.

        A part is a string, a list of one for a fold, or a list of what is gone and what has come. A change is its offset in the file, line and column,
        what became of it, and the indices of its reasons.
        """
        file = self._files[-1]
        parts: list[str | list[str]] = []
        gone = ""
        for part in excerpt(block.text, hunk):
            if part.kind == "gone":
                gone = part.text
            elif part.kind == "come":
                parts.append([_marked(gone, ended=True), _marked(part.text, ended=True)])
            else:
                parts.append([part.text] if part.kind == "fold" else _marked(part.text))
        if hunk.start != begins[hunk.first] and parts[0] != ["… "]:
            parts.insert(0, ["…" if parts[0][:1] == " " else "… "])
        if more and parts[-1] != [" …"]:
            parts.append(["…" if parts[-1][-1:] == " " else " …"])
        changes = []
        for change in hunk.changes:
            state = MADE if not doubtful else FLAG if change.before == change.after else UNSURE
            line, column = block.position(begins, change.start)
            self._count(file, change, state, line, column)
            why = change.why or (Reason(owner(change), "", 1.0),)
            changes.append([file.length + change.start, line, column, state, *(self._reasons.setdefault(reason, len(self._reasons)) for reason in why)])
        return _json([len(self._files) - 1, block.position(begins, hunk.start)[0], parts, changes])

    def _count(self, file: File, change: Change, state: int, line: int, column: int) -> None:
        """Take a change into the summary, and into the plain list if that has room."""
        name = owner(change)
        file.passes[name] += state == MADE
        level = next(at for at, (least, _) in enumerate(LEVELS) if thousandths(change.confidence) >= least)
        self._kinds[Kind(name, state, level if state == MADE else 0)] += 1
        if len(self._list) < LISTED:
            said = percent(change.confidence) if state == MADE else SAID[state]
            sides = f"<del dir=auto{' class=cut' * (not change.after)}>{_html(change.before)}</del>"
            sides += f" → <ins dir=auto>{_html(change.after)}</ins>" if change.after and state != FLAG else ""
            notes = "; ".join(reason.note for reason in change.why)
            self._list.append(f"<li><b>{_html(file.name)}:{line}:{column}</b> {_html(name)} {sides} <small>{_html(notes)} ({said})</small>\n")

    def chunks(self) -> Iterator[bytes]:
        """The page, in UTF-8."""
        style = _asset("page.css")
        script = "\n".join(['"use strict";', "(() => {", *map(_asset, SCRIPTS), "})();"])
        filled: dict[str, Iterable[str]] = {
            "policy": [f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"],
            "style": [style],
            "script": [script],
            "title": [escape(self._headline())],
            "summary": self._summary(),
            "list": self._plain(),
            "facts": [_json({"files": [[file.name, file.encoding, file.length, file.passes] for file in self._files], "reasons": self._told()})],
            "excerpts": (f"{line}\n" for line in self._excerpts),
        }
        for at, piece in enumerate(re.split(r"\{\{(\w+)\}\}", _asset("page.html"))):
            for text in filled[piece] if at % 2 else [piece]:
                yield text.encode()

    def _told(self) -> list[tuple[str, str, int]]:
        """The reasons in the order of their indices: rule, note, confidence in thousandths."""
        return [(visible(rule), _marked(note), thousandths(confidence)) for rule, note, confidence in self._reasons]

    def _headline(self) -> str:
        """What was found, in one sentence."""
        made, read = sum(self._outcome.passes.values()), counted(self._read, "file")
        if not self._kinds:
            return f"No damage in {read}"
        damaged = sum(any(file.passes.values()) for file in self._files)
        return f"{made:,} change{'s' * (made != 1)} in {damaged:,} of {read}" if self._read > 1 else f"{made:,} change{'s' * (made != 1)}"

    def _summary(self) -> Iterator[str]:
        """The headline, what was left, and a table of changes by confidence and pass."""
        yield f"<h1>{escape(self._headline())}</h1>\n"
        left = Counter({state: sum(number for kind, number in self._kinds.items() if kind.state == state) for state in SAID})
        told = [f"{left[state]:,} {name}" for state, name in ((UNSURE, "unsure"), (FLAG, "flagged")) if left[state]]
        if told:
            yield f"<p class=left>{' and '.join(told)}, left as {'it is' if left.total() == 1 else 'they are'}.</p>\n"
        if not self._kinds:
            return
        totals = Counter[str]()
        for kind, number in self._kinds.items():
            totals[kind.name] += number
        names = [name for name, _ in totals.most_common()]
        heads = "".join(f'<th scope=col><span class="dot {_colour(name)}"></span>{_html(name)}' for name in names)
        yield f"<table>\n<caption>Changes by confidence and pass</caption>\n<thead><tr><th scope=col>confidence{heads}<th scope=col>in all</thead>\n<tbody>\n"
        rows = [(said, MADE, at) for at, (_, said) in enumerate(LEVELS)] + [(said, state, 0) for state, said in SAID.items()]
        for said, state, level in rows:
            numbers = [self._kinds[Kind(name, state, level)] for name in names]
            if any(numbers):
                yield f"<tr><th scope=row>{said}{_cells([*numbers, sum(numbers)])}\n"
        yield f"</tbody>\n<tfoot><tr><th scope=row>in all{_cells([*(totals[name] for name in names), totals.total()])}</tfoot>\n</table>\n"

    def _plain(self) -> Iterator[str]:
        """The list for readers without scripts."""
        yield from self._list
        more = self._kinds.total() - len(self._list)
        if more:
            yield f"<li>and {more:,} more, which need a browser that runs scripts\n"


def _crowds(hunk: Hunk) -> Iterator[Hunk]:
    """A hunk as hunks of at most CROWD changes; each begins behind the last change of the one before it, and ends where the next change begins."""
    start = hunk.start
    for at in range(0, len(hunk.changes), CROWD):
        some = hunk.changes[at : at + CROWD]
        end = hunk.changes[at + CROWD].start if at + CROWD < len(hunk.changes) else hunk.end
        yield hunk._replace(start=start, end=end, changes=some)
        start = some[-1].end


def _marked(text: str, *, ended: bool = False) -> str:
    """`text` as `visible` shows it, with what stands for something else between U+0001 and U+0002, and line ends as LF, behind a sign if `ended`."""
    if visible(text) == text and not (ended and "\n" in text):
        return text
    lines = ANY_END.split(text)
    shown = [line if visible(line) == line else "".join(sign if (as_is := visible(sign)) == sign else f"\1{as_is}\2" for sign in line) for line in lines]
    return ("\1↵\2\n" if ended else "\n").join(shown)


def _html(text: str) -> str:
    """`text`, visible, as it stands in HTML."""
    return escape(visible(text))


def _json(value: object) -> str:
    """`value` as JSON that nothing in a page takes for its own: no `<`, `>` or `&` in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _cells(numbers: Iterable[int]) -> str:
    """Cells of a row of the summary."""
    return "".join(f"<td>{number:,}" if number else "<td class=none>–" for number in numbers)


def _colour(name: str) -> str:
    """The class that gives a pass its colour."""
    return f"p-{name}" if name in ("mojibake", "spam", "glyphs") else "p-other"


def _asset(name: str) -> str:
    """The text of a file that goes into every page."""
    return PATH.joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The source expression by which a policy allows this very text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
