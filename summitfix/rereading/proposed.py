"""What ftfy makes of a line that nothing else explains: one more generator, judged like all others.

ftfy (Robyn Speer, Apache-2.0) knows what editors and web forms do to misread UTF-8. Only its repair of encodings is asked, never what restyles good
text, and the language model has the last word.
"""

from __future__ import annotations

import re
from functools import cache

from summitfix import codecs
from summitfix.language import Prior, account
from summitfix.rereading.readings import Reading, brought
from summitfix.rereading.rows import DAMAGED, READ, Chain, Step, nats
from summitfix.rereading.solving import Verdict

_LEAD = re.compile("[\u00c2-\u00f4\u0102\u0103\u0110\u0111\u0139\u013a\u0432\u0433\u0412\u0413\u0420\u0421\u2500-\u256c\u221a](?=[^\x00-\x1f!-~]|$|[?'\"])")
"""What the first byte of a UTF-8 sequence becomes in the codecs that mostly read it, before what may be left of the sequence."""

SPELLING = {"sloppy-windows-": "cp", "macroman": "mac-roman", "windows-": "cp"}
"""How ftfy's names of codecs begin, and ours."""

LONGEST = 2_000
"""Lines of more code points than this are not shown to ftfy, which looks at a line as a whole, again and again."""


ASKED = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso-8859-2", "mac-roman", "cp437")
"""The codecs that ftfy asks for UTF-8."""

SPARED = " ?\x1a\ufffd"
"""What ftfy takes for a lost byte of a sequence."""

_CONTROL = re.compile("[\x80-\x9f]")


def may_be_proposed(line: str) -> bool:
    """Whether a line may hold what is left of a misread UTF-8 sequence, so that ftfy makes anything of it. It takes 50 ms to import."""
    return len(line) <= LONGEST and any(_begins_sequence(line, match.start()) or _CONTROL.search(line) for match in _LEAD.finditer(line))


@cache
def _sequences() -> dict[str, list[tuple[int, frozenset[str]]]]:
    """First bytes of UTF-8 as a codec reads them, each with how many others it asks for and what they may be."""
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for codec in ASKED:
        table = codecs.table(codec)
        others = frozenset(table[0x80:0xC0]) | frozenset(map(chr, range(0x80, 0xA0))) | frozenset(SPARED)
        for byte in range(0xC2, 0xF5):
            found.setdefault(table[byte], []).append((1 if byte < 0xE0 else 2 if byte < 0xF0 else 3, others))
    return found


def _begins_sequence(line: str, at: int) -> bool:
    """Whether the character at `at` and those behind it are a sequence as one codec reads it, whole or with losses."""
    return any(at + size < len(line) and others.issuperset(line[at + 1 : at + 1 + size]) for size, others in _sequences().get(line[at], ()))


def _codec(name: str) -> str:
    for theirs, ours in SPELLING.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def proposed(line: str, ours: str, prior: Prior) -> Verdict | None:
    """What ftfy makes of `line`, if that is UTF-8 read again and better text than `ours`, which is what was made of the same line so far.

    No reading brings in a new U+FFFD. The margin is what remains of the gain when what ftfy says must have happened is paid for.
    """
    import ftfy

    fixed, plan = ftfy.fix_encoding_and_explain(line)
    chain: Chain = tuple(Step("utf-8", codec) for step in plan or () if step.action == "encode" and (codec := _codec(step.parameter)) in READ)
    if fixed in (line, ours) or not chain or fixed.count("\ufffd") > line.count("\ufffd"):
        return None
    before, after = account(ours, prior), account(fixed, prior)
    gain = before.nats - after.nats
    if after.odd > before.odd or after.excess > before.excess + 0.1 * gain:
        return None
    return Verdict(Reading(gain, fixed, chain, after, brought(line, fixed, prior), 0), gain - (DAMAGED + nats(chain) if ours == line else 0.0), None)
