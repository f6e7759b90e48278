"""The misreadings that are looked for: which codec was meant, which one read its bytes, and how often that is met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from summitfix.codecs import EIGHT_BIT, ISLANDS, MULTI_BYTE, table

MEANT = {
    # codec that was meant: -log of how often text in it is met misread, in nats; ordered by how often public files show it
    "utf-8": 0.5,
    "cp1251": 1.5,
    "cp1250": 2.0,
    "cp1252": 1.8,
    "cp1254": 2.0,
    "cp949": 2.0,
    "gbk": 2.0,
    "cp932": 2.0,
    "big5": 2.5,
    "koi8-r": 2.5,
    "iso-8859-2": 2.5,
    "cp1253": 2.5,
    "cp1255": 2.5,
    "cp1256": 2.5,
    "cp1257": 2.5,
    "cp874": 2.5,
    "euc-jp": 3.0,
    "cp850": 3.0,
    "cp866": 3.0,
    "mac-roman": 3.0,
    "cp437": 3.5,
    "iso-8859-7": 3.5,
    "iso-8859-9": 3.5,
    "koi8-u": 3.5,
    "cp852": 4.0,
    "cp1258": 4.0,
    "tcvn3": 4.0,
    "iso-8859-13": 4.0,
    "iso-8859-15": 4.0,
    "mac-centraleurope": 4.5,
    "viscii": 5.0,
    "iso-8859-5": 5.0,
    "cp855": 5.0,
    "mac-cyrillic": 5.0,
    "big5-hkscs": 5.0,
}

READ = {
    # codec that read the bytes: the same
    "latin-1": 1.0,
    "cp1252": 1.0,
    "cp1250": 2.5,
    "cp1251": 2.5,
    "gbk": 2.5,
    "iso-8859-15": 3.0,
    "cp1254": 3.0,
    "mac-roman": 3.0,
    "cp437": 3.0,
    "cp850": 3.0,
    "cp949": 3.0,
    "cp932": 3.0,
    "cp866": 3.5,
    "big5": 3.5,
    "cp1253": 4.0,
    "koi8-r": 4.0,
    "cp1257": 4.5,
    "cp1258": 4.5,
    "cp852": 4.5,
    "euc-jp": 5.0,
    "iso-8859-2": 5.0,
    "latin-1-islands": 5.0,
    "cp1252-islands": 5.0,
}

SAME = ({"latin-1", "iso-8859-15"}, {"iso-8859-9", "cp1254"}, {"cp949"}, {"gbk"}, {"big5", "big5-hkscs"})
"""Codecs that differ in so few characters that reading one as the other is no damage that letters could show."""


FAMILIES = (
    ("latin-1", "cp1252", "iso-8859-15", "iso-8859-9", "cp1254", "cp1258", "latin-1-islands", "cp1252-islands"),
    ("cp1250", "iso-8859-2"),
    ("cp1253", "iso-8859-7"),
    ("cp1257", "iso-8859-13"),
    ("koi8-r", "koi8-u"),
    ("cp437", "cp850"),
    ("big5", "big5-hkscs"),
)
"""Codecs that share most of their characters: a program that read one word as one of them read the others so too."""

_KIN = {codec: next((family[0] for family in FAMILIES if codec in family), codec) for codec in (*MEANT, *READ)}


@cache
def lacking(read: str) -> re.Pattern[str]:
    """What an 8-bit codec lacks and another of its family has, but for the marks of punctuation that are put into a text whatever its codec was."""
    family = "".join(table(codec) for codec in READ if codec in EIGHT_BIT and _KIN[codec] == _KIN[read])
    others = sorted({*family} - {*table(read), *"‘’‚“”„…•–—"})
    return re.compile(f"[{re.escape(''.join(others))}]" if others else "(?!)")


OFTEN = {("cp1252", "latin-1"): 1.6}
"""Rows that are met more often than their codecs tell: what is called latin-1 is cp1252 on most of the web, and its quotation marks become C1."""


class Step(NamedTuple):
    """One misreading: bytes of the codec `meant` were read as `read`."""

    meant: str
    read: str

    @property
    def nats(self) -> float:
        """What it costs to say that this happened."""
        return OFTEN.get(self, MEANT[self.meant] + READ[self.read])

    @property
    def name(self) -> str:
        """The name of its row: `cp949-as-latin-1`."""
        return f"{self.meant}-as-{self.read}"

    @property
    def note(self) -> str:
        """What happened, for a reader."""
        if self.read in ISLANDS:
            return f"{self.meant} read as {ISLANDS[self.read]}, partly read again as utf-8"
        return f"{self.meant} read as {self.read}"


Chain = tuple[Step, ...]


def _is_damage(meant: str, read: str) -> bool:
    """Whether reading one codec as the other changes letters. Islands of UTF-8 are looked for only where two bytes make a character."""
    if read in ISLANDS:
        return meant in MULTI_BYTE and meant != "utf-8"
    return meant != read and not any({meant, read} <= same for same in SAME)


STEPS = tuple(
    sorted(
        (Step(meant, read) for meant in MEANT for read in READ if _is_damage(meant, read)),
        key=lambda step: step.nats,
    )
)
"""All rows, the likeliest first."""

CERTAIN = frozenset({Step("cp1252", "latin-1")})
"""Misreadings that only C1 controls betray, which no good text holds."""

DAMAGED = 1.0
"""What it costs to say that a document is damaged at all."""

LAYER = 6.0
"""What it costs more to say that text was misread again, in another way."""


def nats(chain: Chain) -> float:
    """What it costs to say that the steps of `chain` happened: a step that repeats the one before it is nearly free."""
    return chain[0].nats + sum(1.0 if are_cousins((step,), (previous,)) else step.nats + LAYER for previous, step in pairwise(chain))


def name(chain: Chain) -> str:
    """The rule of a chain: `utf-8-as-cp1252`, or `cp1254-as-latin-1+utf-8-as-cp1252` for the misreadings in the order in which they happened."""
    return "+".join(step.name for step in reversed(chain))


def told_of(chain: Chain) -> str:
    """What happened to a text, for a reader: `cp1254 read as latin-1, then utf-8 read as cp1252`."""
    return ", then ".join(step.note for step in reversed(chain))


def are_cousins(one: Chain, other: Chain) -> bool:
    """Whether two chains differ, if at all, only in codecs that share most of their characters."""
    return len(one) == len(other) and all(_KIN[a.meant] == _KIN[b.meant] and _KIN[a.read] == _KIN[b.read] for a, b in zip(one, other, strict=True))


def is_proven(chain: Chain, proven: Mapping[str, int]) -> bool:
    """Whether `chain` was proven before, or one of which it is what remains to be undone."""
    rule = f"mojibake.{name(chain)}"
    return any(other == rule or other.startswith(f"{rule}+") for other in proven)


def needs_no_witness(chain: Chain) -> bool:
    """Whether valid UTF-8 or C1 controls are witness enough."""
    return all(step in CERTAIN or step.meant == "utf-8" for step in chain)
