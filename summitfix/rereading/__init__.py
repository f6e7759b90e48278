"""What else could these characters have been: the search for the codec that was meant and the one that read its bytes.

Text that was read with a wrong codec is undone by a *step* (meant, read): encode with the codec that read it, decode with the codec that was meant.
A *chain* is the steps that undo a misreading, the last misreading first. `undoing` undoes them, `readings` proposes what a suspicious word could have
been, `solving` lets the words of a document vote on which chains are in play and says for each word which reading is best, always including "exactly what
we see". `lossy` does the same for UTF-8 that an 8-bit codec read and some of whose bytes are lost or spelled otherwise, `lost` for what codecs of Chinese,
Japanese and Korean leave of it; `escapes` reads characters that are spelled out.
"""

from summitfix.rereading.escapes import NOTES, escapes, may_be_spelled
from summitfix.rereading.lossy import Page, has_entities, is_worn, lossy
from summitfix.rereading.lost import Restored, losing, may_have_lost, restored
from summitfix.rereading.proposed import may_be_proposed, proposed
from summitfix.rereading.readings import is_table
from summitfix.rereading.rows import STEPS, Chain, Step, name
from summitfix.rereading.screen import unsound
from summitfix.rereading.solving import Verdict, Word, solve, suspicion
from summitfix.rereading.undoing import beyond_ascii

__all__ = [
    "NOTES",
    "STEPS",
    "Chain",
    "Page",
    "Restored",
    "Step",
    "Verdict",
    "Word",
    "beyond_ascii",
    "escapes",
    "has_entities",
    "is_table",
    "is_worn",
    "losing",
    "lossy",
    "may_be_proposed",
    "may_be_spelled",
    "may_have_lost",
    "name",
    "proposed",
    "restored",
    "solve",
    "suspicion",
    "unsound",
]
