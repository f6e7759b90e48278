"""Bytes to text: which codec, and on what evidence.

What can be known is decided first: byte-order marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8 (`forms`). Else all
codecs of `rows` propose, and the language model says whose reading is the most plausible text (`weighing`); a declaration in the text is believed
unless that is clearly worse. Lines in another codec than the rest are read in theirs (`mixed`). Bytes of which no codec makes good text are carried
through as they are.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from summitfix.core import SummitfixError
from summitfix.detect.forms import BOMS, WIDER_NAMES, Decoded, declared, plain

if TYPE_CHECKING:
    from summitfix.detect.weighing import Weight

__all__ = ["Decoded", "decode"]

SAMPLE = 6_000
"""How many bytes of the lines that hold any beyond ASCII are weighed."""

MARGIN = 4.0
"""By how many nats another codec must beat the declared one to be believed: 55 to 1."""

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
                    from summitfix.detect.mixed import by_line

                    return by_line(data[len(bom) :])._replace(bom=bom)
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
    """Decoded by the codec that makes the most plausible text, line by line if the text is UTF-8 but for some lines."""
    from summitfix.detect.mixed import BEYOND_ASCII, by_line, is_utf8, spread
    from summitfix.detect.weighing import STRAY, is_good, proposals, weigh

    lines = BEYOND_ASCII.findall(data)
    valid = [line for line in lines if is_utf8(line)]
    if 2 * len(valid) >= len(lines) and valid:
        return by_line(data)
    sample = spread(lines, SAMPLE)
    weights = weigh(sample, proposals(b"\n".join(sample)))
    if not weights:
        return _kept(data, "utf-8", "no codec explains the bytes; they are kept as they are")
    best = weights[0]
    if not is_good(best.text, best.name):
        return _kept(data, "utf-8", "stray bytes: no codec makes good text of them, and they are kept as they are")
    if best.name == "utf_8":
        return _kept(data, "utf-8", "UTF-8 with stray bytes")
    evidence = _evidence(weights)
    told = declared(data)
    if told and told not in (best.name, *best.same, WIDER_NAMES.get(best.name)):
        named = [weight for weight in weigh(sample, [told]) if weight.nats <= best.nats + MARGIN or weight.text == best.text]
        if named:
            return _kept(data, told, "declared in the text")
        evidence += f"; the declaration of {told} is wrong"
    near = [name for weight in weights if weight.nats <= best.nats + TIE for name in (weight.name, *weight.same)]
    wider = WIDER_NAMES.get(best.name)
    if wider in best.same:
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
