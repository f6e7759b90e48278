"""Bytes to text: which codec, and on what evidence.

What can be known is decided first: byte-order marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8 (`forms`). Else all
codecs of `rows` propose (and charset-normalizer, where none of them makes good text), and the language model says whose reading is the most
plausible text (`weighing`); a declaration in the text is believed
unless that is clearly worse. Lines in another codec than the rest are read in theirs (`mixed`). Bytes of which no codec makes good text are carried
through as they are.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from summitfix.core import SummitfixError
from summitfix.detect.forms import BOMS, CONTROLS, Decoded, plain

if TYPE_CHECKING:
    from summitfix.detect.weighing import Weight

__all__ = ["Decoded", "decode"]

MARGIN = 6.0
"""By how many nats another codec must beat the declared one to be believed: 400 to 1."""

NOISE = 16
"""Of how many bytes of legacy text one may be a control character: of random ones every ninth is."""

LOSSLESS = 10.0
"""Below what own cost in nats a codec reads all bytes."""

TIE = 2.5
"""By how many nats a reading must beat the next for its codec not to be called a guess: 12 to 1."""


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode `data`, in `encoding` if that is given, else in the codec that gives the most plausible text.

    Raises SummitfixError for the name of no codec, and where UTF-16, UTF-32 or ISO-2022 does not decode.

    >>> decode("Слово не воробей".encode("cp1251")).encoding
    'cp1251'
    """
    if encoding is not None:
        return _given(data, encoding)
    for bom, name in BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(name), name, bom, "byte-order mark")
            except UnicodeDecodeError:
                if name == "utf-8":
                    from summitfix.detect.mixed import beside_utf8

                    return beside_utf8(data[len(bom) :])._replace(bom=bom)
    try:
        return plain(data) or _weighed(data)
    except UnicodeDecodeError:
        return _weighed(data)


def _given(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError:
        raise SummitfixError(f"no codec is called {encoding!r}; try utf-8, cp1252, cp949 or the like") from None
    name = {"utf-8-sig": "utf-8"}.get(name, name)
    for bom, marked in BOMS:
        if data.startswith(bom) and (name == marked or (name in ("utf-16", "utf-32") and marked.startswith(name))):
            return _strict(data[len(bom) :], marked, bom, "as told")
    name = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name)
    return _strict(data, name, b"", "as told")


def _strict(data: bytes, name: str, bom: bytes, evidence: str) -> Decoded:
    """Decoded by a codec that is known: stray bytes are kept where that can be."""
    errors = "strict" if name.startswith(("utf-16", "utf-32", "iso2022", "hz", "utf-7")) else "surrogateescape"
    try:
        return Decoded(data.decode(name, errors), name, bom, evidence)
    except UnicodeError as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise SummitfixError(f"not valid {name}{place} ({evidence}); try --encoding with another codec") from None


def _kept(data: bytes, name: str, evidence: str) -> Decoded:
    return Decoded(data.decode(name, "surrogateescape"), name, b"", evidence)


def _weighed(data: bytes) -> Decoded:
    """Decoded by the codec that makes the most plausible text, or line by line if its lines are in several."""
    from summitfix.detect.declarations import declared
    from summitfix.detect.mixed import BEYOND_ASCII, beside_utf8, is_utf8, mixture, spread
    from summitfix.detect.weighing import is_good, others, proposals, weigh

    lines = BEYOND_ASCII.findall(data)
    valid = sum(map(is_utf8, lines))
    if valid and 2 * valid >= len(lines):
        return beside_utf8(data)
    sample, told = spread(lines), declared(data)
    if NOISE * len(re.findall(CONTROLS, b"".join(sample))) > sum(map(len, sample)):
        return _kept(data, "utf-8", "stray bytes: so many control characters are in no legacy text, and all are kept as they are")
    weights = weigh(sample, proposals(b"\n".join(sample)))
    if not weights or not is_good(weights[0].text, weights[0].name):
        weights = sorted([*weights, *weigh(sample, others(b"\n".join(sample)))])
    if told and not any(told in (weight.name, *weight.same) for weight in weights):
        weights = sorted([*weights, *weigh(sample, [told])])
    return mixture(data, lines, weights[0].name if weights else "") or _judged(data, weights, told)


def _judged(data: bytes, weights: list[Weight], told: str | None) -> Decoded:
    """Decoded by the best of some readings, or by the codec that is declared if that is not clearly worse."""
    from summitfix.detect.declarations import WIDER_NAMES
    from summitfix.detect.weighing import STRAY, is_good

    if not weights:
        return _kept(data, "utf-8", "no codec explains the bytes; they are kept as they are")
    best = weights[0]
    is_sound = is_good(best.text, best.name)
    named = next((weight for weight in weights if told in (weight.name, *weight.same)), None)
    if named and told and (named.nats <= best.nats + MARGIN if is_sound else named.own < LOSSLESS):
        return _kept(data, told.replace("utf_8", "utf-8"), "declared in the text")
    if not is_sound:
        return _kept(data, "utf-8", "stray bytes: no codec makes good text of them, and they are kept as they are")
    if best.name == "utf_8":
        return _kept(data, "utf-8", "UTF-8 with stray bytes")
    evidence = _evidence(weights) + (f"; the declaration of {told} is wrong" if told else "")
    near = [name for weight in weights if weight.nats <= best.nats + TIE for name in (weight.name, *weight.same)]
    if (wider := WIDER_NAMES.get(best.name)) in best.same:
        near.insert(0, wider)
    return min((_kept(data, name, evidence) for name in near), key=lambda found: len(STRAY.findall(found.text)))


def _evidence(weights: list[Weight]) -> str:
    """Why the first of some readings was taken, and how sure that is."""
    from summitfix.detect.weighing import difference

    best = weights[0]
    said = f"the most plausible text, {best.nats / max(1, len(best.text)):.1f} nats a character"
    if len(weights) > 1:
        gap = weights[1].nats - best.nats
        said += f"; next {weights[1].name}, {gap:.0f} nats behind"
        if gap < TIE:
            one, other = difference(best.text, weights[1].text)
            said += f", which is nearly a tie: {one!r} or {other!r}"
    return said + (f"; the same text in {', '.join(best.same)}" if best.same else "")
