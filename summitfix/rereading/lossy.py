"""UTF-8 that was misread and then lost bytes: ftfy's knowledge of such sequences as one more generator, judged like all others.

ftfy (Robyn Speer, Apache-2.0) knows what editors and web forms do to the no-break space of `Ã ` and to bytes that a codec leaves undefined. It is
asked only about words that no row explains, together with the word that follows, and the language model has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from summitfix.language import Prior, account
from summitfix.rereading.readings import Reading, witness
from summitfix.rereading.rows import READ, Chain, Step, nats
from summitfix.rereading.solving import COUSIN, DAMAGED, Verdict

_LEAD = re.compile("[\u00c2-\u00f4\u0102\u0103\u0110\u0111\u0139\u013a\u0432\u0433\u0412\u0413\u0420\u0421\u2500-\u256c\u221a](?=[^\x00-\x1f!-~]|$|[?'\"])")
"""What the first byte of a UTF-8 sequence becomes in the codecs that mostly read it, before what may be left of the sequence."""

SPELLING = {"sloppy-windows-": "cp", "macroman": "mac-roman", "windows-": "cp"}
"""How ftfy's names of codecs begin, and ours."""


def _codec(name: str) -> str:
    for theirs, ours in SPELLING.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


REACH = 24
"""How many ASCII characters behind a word are shown to ftfy: whether `Ã ` was `à ` depends on what follows."""

_FOLLOWING = re.compile(f"[ -~]{{0,{REACH}}}")


def lossy(line: str, start: int, end: int, prior: Prior, in_play: Collection[Chain]) -> tuple[str, Verdict] | None:
    """The word at start:end of `line` with what follows it, and what ftfy makes of that, if it is UTF-8 read again and good text in itself.

    `in_play` are the chains by which other words of the document were repaired. No reading brings in a new U+FFFD.
    """
    if not _LEAD.search(line, start, end):
        return None
    following = _FOLLOWING.match(line, end)
    text = line[start : following.end() if following else end]
    import ftfy

    fixed, plan = ftfy.fix_encoding_and_explain(text)
    chain: Chain = tuple(Step("utf-8", codec) for step in plan or () if step.action == "encode" and (codec := _codec(step.parameter)) in READ)
    if fixed == text or not chain or fixed.count("\ufffd") > text.count("\ufffd"):
        return None
    before, after = account(text, prior), account(fixed, prior)
    gain = before.nats - after.nats + witness(fixed, chain, 0)
    if gain <= 0 or after.odd > before.odd or after.excess > 0.1 * gain:
        return None
    cost = COUSIN if any(other[0].meant == "utf-8" for other in in_play) else DAMAGED + nats(chain)
    return text, Verdict(Reading(gain, fixed, chain, after), gain - cost, None)
