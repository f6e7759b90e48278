"""A guess: what may have stood at a mark, and how sure that is."""

from __future__ import annotations

import math
from typing import NamedTuple

from summitfix.core import SURE, Reason, confidence

LOST = "\ufffd"
"""The kind of a mark that tells of a loss, but not of what was lost."""

CAP = 0.999
"""No guess is surer: what is lost is lost."""

WHICH = 0.77
"""By which power of it the doubt which of several glyphs was lost counts: of letters with a share of 0.95 to 0.98 some 95 in 100 were right."""

CLOSING = "closing-quote"


class Guess(NamedTuple):
    """What may have stood at a mark. `share` is the probability that it was this glyph if it was any, `nats` are the log odds that one was lost."""

    start: int
    end: int
    glyph: str
    rule: str
    note: str
    kind: str
    nats: float
    share: float = CAP

    @property
    def confidence(self) -> float:
        """The probability that the guess is right: no less than both doubts leave, that anything was lost and which glyph it was."""
        lost = confidence(-math.log(1.0 - min(CAP, 1 / (1 + math.exp(-self.nats)))))
        return max(0.0, lost - math.pow(1.0 - self.share, WHICH))

    @property
    def is_witness(self) -> bool:
        """Whether it is so sure that it tells of a converter that writes question marks. A pair of quotation marks is one witness, not two."""
        return self.kind == "?" and self.confidence >= SURE and self.rule != CLOSING

    @property
    def reason(self) -> Reason:
        """The guess as a reason."""
        return Reason(f"glyphs.{self.rule}", self.note, round(self.confidence, 4))
