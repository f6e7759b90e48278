"""What else could these characters have been: the search for the codec that was meant and the one that read its bytes.

Text that was read with a wrong codec is undone by a *step* (meant, read): encode with the codec that read it, decode with the codec that was meant.
A *chain* is the steps that undo a misreading, the last misreading first. `readings` proposes what a suspicious word could have been, `solving` lets
the words of a document vote on which chains are in play and says for each word which reading is best, always including "exactly what we see".
"""

from summitfix.rereading.lossy import lossy, may_be_lossy
from summitfix.rereading.lost import Restored, may_have_lost, restored
from summitfix.rereading.readings import is_table
from summitfix.rereading.rows import STEPS, Chain, Step, name
from summitfix.rereading.solving import Verdict, Word, solve, suspicion

__all__ = [
    "STEPS",
    "Chain",
    "Restored",
    "Step",
    "Verdict",
    "Word",
    "is_table",
    "lossy",
    "may_be_lossy",
    "may_have_lost",
    "name",
    "restored",
    "solve",
    "suspicion",
]
