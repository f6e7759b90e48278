"""Repair by question and answer: one change at a time, one key for each.

Nobody can answer for what he has not seen: unsure changes are asked about even where all the sure ones are taken, keys typed before a question was shown do
not answer it, and a terminal that has nothing more to say stops the review. An answer once given stands: later ones concern what would still be asked.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import partial
from itertools import takewhile

from summitfix.core import Change, Repair, taken
from summitfix.diff import View
from summitfix.files import Block
from summitfix.lines import starts
from summitfix.report import owner

PROMPT = "({place}) repair this? [y,n,a,d,q,A,?] "

HELP = """\
y  repair this
n  leave this as it is
a  repair this and the rest of the file
d  leave this and the rest of the file
q  stop; what was taken is written
A  repair this and all {name},
   in this file and in those after it
?  show this help
Enter   ask again
Ctrl-C  stop; this file stays as it was
a and A at a sure repair leave unsure
ones to be asked about.
"""
"""What can be answered, for a terminal of 40 columns."""


class Review:
    """Asks about each repair, and remembers what needs no asking any more. What is shown goes to `say(text, end)`; answers come from the terminal."""

    def __init__(self, *, colour: bool, say: Callable[[str, str], None]) -> None:
        self.colour, self.say, self.view = colour, say, View(colour=colour)
        self.is_over = False
        self.here: dict[bool, bool] = {}  # whether to take what is left of this file: the sure ones (True), the unsure ones (False)
        self.everywhere = set[tuple[str, bool]]()  # of which passes to take all, the sure ones and the unsure ones

    def taken(self, name: str, block: Block, repair: Repair) -> Repair:
        """`repair` with those of its changes and doubts made that were taken; the rest are doubts. Raises KeyboardInterrupt.

        A doubt that overlaps changes goes on from what they made. So it is asked about behind them, if they were taken, and if taken itself replaces them.
        Of doubts that overlap one another only one can be taken.
        """
        if block.line == block.column == 1:
            self.here = {}
        offers = [(change, False) for change in repair.changes] + [(doubt, True) for doubt in repair.doubts if doubt.before != doubt.after]
        offers.sort(key=lambda offer: (offer[0].end, offer[1]))
        begins = starts(block.text) if offers else []
        made, left = list[Change](), [doubt for doubt in repair.doubts if doubt.before == doubt.after]
        settled = list[Change]()  # changes that were refused and doubts that were taken: no doubt may overlap them
        for number, (change, is_doubt) in enumerate(offers, 1):
            under = _overlapped(made, change) if is_doubt else []
            question = partial(self.view.question, name, block, begins, change, replaces=bool(under))
            wanted = not (is_doubt and _overlapped(settled, change)) and self._is_taken(change, question, f"{number}/{len(offers)}")
            if under and wanted:
                made = [other for other in made if other not in under]
            (made if wanted else left).append(change)
            if wanted == is_doubt:
                settled.append(change)
        return taken(repair, sorted(made, key=lambda change: (change.start, change.end)), sorted(left))

    def _is_taken(self, change: Change, question: Callable[[], str], place: str) -> bool:
        """Whether a change is taken: by an earlier answer, else by the one to this question."""
        kind = owner(change), change.is_sure
        if kind in self.everywhere:
            return True
        if self.is_over or change.is_sure in self.here:
            return self.here.get(change.is_sure, False)
        kinds = (True,) if change.is_sure else (True, False)
        key = "\r"
        while True:
            if key in "\r\n":
                self.say(question(), "")
            match key := self._key(PROMPT.format(place=place)):
                case "y" | "n":
                    return key == "y"
                case "a":
                    self.here.update(dict.fromkeys(kinds, True))
                    return True
                case "A":
                    self.everywhere.update((owner(change), sure) for sure in kinds)
                    return True
                case "d":
                    self.here = {True: False, False: False, **self.here}
                    return False
                case "q":
                    self.is_over = True
                    return False
                case "\r" | "\n":
                    pass
                case _:
                    self.say(HELP.format(name=owner(change)), "")

    def _key(self, prompt: str) -> str:
        """The key that answers; the end of input is q. Raises KeyboardInterrupt."""
        import click

        self.say(click.style(prompt, bold=True) if self.colour else prompt, "")
        try:
            with redirect_stdout(sys.stderr):  # click flushes standard output, which may be closed
                typed = click.getchar() or "q"
            if "\x03" in typed:
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            self.say("", "\n")
            raise
        except (EOFError, OSError, RuntimeError):  # what click comes to when the terminal has gone away: the last two, or None
            typed = "q"
        key = typed[0].replace("\x04", "q")
        self.say(key if key.isprintable() else "", "\n")
        if key == "\x1a" and hasattr(signal, "SIGTSTP"):  # Ctrl-Z, which a terminal that hands over single keys does not obey by itself
            os.killpg(0, signal.SIGTSTP)
            return "\r"
        return key


def _overlapped(changes: Sequence[Change], change: Change) -> list[Change]:
    """Those of `changes` that `change` overlaps; they are disjoint and in order, and none ends behind it."""
    return [other for other in takewhile(lambda other: other.end > change.start, reversed(changes)) if other.start < change.end]
