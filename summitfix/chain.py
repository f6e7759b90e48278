"""The order of the passes, and the only list of them.

Mojibake first: spam and lost glyphs can be judged only in text that reads right. Spam before glyphs, so that glyphs sees whole sentences.
"""

from __future__ import annotations

from summitfix.core import Pass
from summitfix.passes.glyphs import glyphs
from summitfix.passes.mojibake import mojibake
from summitfix.passes.spam import spam

CHAIN: dict[str, Pass] = {"mojibake": mojibake, "spam": spam, "glyphs": glyphs}
