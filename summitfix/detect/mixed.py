"""Files whose codec changes from line to line: the fewest codecs that explain the lines, and which line is in which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summitfix.detect.forms import Decoded
from summitfix.detect.weighing import is_good, is_natural, proposals, read, weigh
from summitfix.language import account

LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
BEYOND_ASCII = re.compile(rb"(?<![^\r\n])[^\r\n]*[\x80-\xff][^\r\n]*")
_UNREAD = re.compile("[\x80-\x9f\udc80-\udcff]")

SAMPLE = 6_000
"""How many bytes of the lines that hold any beyond ASCII are weighed."""

FAR = 1_000.0
"""What a line costs in a codec that is far behind the others."""

TABLE, WIDTH = 24, 240
"""How many of the wrong lines choose the codecs, and how many bytes of each."""

ANOTHER = 12.0
"""By how many nats lines must become cheaper for one codec more."""

PLAIN = 12.0
"""By how many nats a reading must be better than the next by pairs of letters alone for word lists not to be asked."""

ELSEWHERE = 4.0
"""By how many nats a line must be cheaper in another codec than in that of the rest."""


STRAY = 2
"""So many characters of UTF-8 there must be for each byte that is none, for a line to be UTF-8 with stray bytes: chance makes fewer."""

_ESCAPED = re.compile("[\udc80-\udcff]")


def is_utf8(line: bytes) -> bool:
    """Whether a line is valid UTF-8, or nearly."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", "surrogateescape")
        stray = len(_ESCAPED.findall(text))
        return len(text) - len(text.encode("ascii", "ignore")) - stray >= STRAY * stray
    return True


def _betrays_utf8(line: bytes) -> bool:
    """Whether a line shows that it is UTF-8; U+FFFD shows nothing, for it was lost before the text was written in whatever codec."""
    return is_utf8(line) and not line.replace("\ufffd".encode(), b"").isascii()


def spread(lines: Sequence[bytes], size: int = SAMPLE) -> list[bytes]:
    """Some of the lines, evenly spread, of about `size` bytes in all."""
    step = max(1, sum(map(len, lines)) // size)
    return [line[:size] for line in lines[::step]]


def _few(lines: Sequence[bytes]) -> list[bytes]:
    return spread(lines, TABLE * WIDTH)[:TABLE]


def beside_utf8(data: bytes) -> Decoded:
    """UTF-8, but for lines that are no valid UTF-8 and good text in other codecs."""
    wrong = [line for line in LINE.findall(data) if not is_utf8(line)]
    return _by_line(data, explaining(wrong, ("utf_8",))) or Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "UTF-8 with stray bytes")


def mixture(data: bytes, lines: Sequence[bytes], name: str) -> Decoded | None:
    """Text whose lines beyond ASCII are in several codecs, if those are better text than in `name`, the best one for all of them."""
    if not _is_mixed(spread(lines), name):
        return None
    chosen = explaining(lines)
    sample = _few(lines)
    sound = sum(any(_is_sound(line, codec) for codec in chosen) for line in sample)
    return _by_line(data, chosen) if len(chosen) > 1 and 2 * sound >= len(sample) else None


def _by_line(data: bytes, chosen: Sequence[str]) -> Decoded | None:
    """The first of the codecs but for the lines that are better text in another; None if there are none."""
    if len(chosen) < 2:
        return None
    lines = LINE.findall(data)
    groups: dict[str, list[int]] = {name: [] for name in chosen}
    for number, line in enumerate(lines):
        if not line.isascii() and not (chosen[0] == "utf_8" and is_utf8(line)):
            groups[_best(line, chosen)].append(number)
    names = {name: _refined(name, [lines[number] for number in numbers]) for name, numbers in groups.items()}
    main = names[chosen[0]]
    codec = {number: names[name] for name in chosen[1:] for number in groups[name]}
    if not codec:
        return None
    text = "".join(line.decode(codec.get(number, main), "surrogateescape") for number, line in enumerate(lines))
    said = ", ".join(f"{len(groups[name])} in {names[name]} (the first is line {groups[name][0] + 1})" for name in chosen[1:] if groups[name])
    shown, encoding = ("UTF-8", "utf-8") if main == "utf_8" else (main, main)
    return Decoded(text, encoding, b"", f"{shown}, but for lines in another codec: {said}")


def _refined(name: str, lines: Sequence[bytes]) -> str:
    """The codec that is best for all lines of a group, if they are as sound in it as one by one."""
    if name == "utf_8" or not lines:
        return name
    sample = spread([line.rstrip(b"\r\n") for line in lines])
    best = next((weight.name for weight in weigh(sample, proposals(b"\n".join(sample)))), name)
    return best if all(_is_sound(line, best) or not _is_sound(line, name) for line in sample) else name


_HIGH = bytes(range(0xA0, 0x100))
KIN = 0.6
"""What part of the bytes from 0xA0 on two codecs read alike that are kin: cp1250 and ISO 8859-2 0.8, cp1252 and cp1250 0.5.

Kin are not told apart line by line: that a word looks better in the other is damage that was there before the file was written, and is left to repair.
"""


def _are_kin(one: str, other: str) -> bool:
    pairs = zip(_HIGH.decode(one, "replace"), _HIGH.decode(other, "replace"), strict=False)
    return sum(a == b != "\ufffd" for a, b in pairs) >= KIN * len(_HIGH)


def _best(line: bytes, chosen: Sequence[str]) -> str:
    """In which of the codecs a line is the best text; in the first, if that does no better than stray bytes."""
    if "utf_8" in chosen and _betrays_utf8(line):
        return "utf_8"
    quick = sorted((_quick(line, name), name) for name in chosen)
    costs = {name: nats for nats, name in quick} if quick[0][0] + PLAIN < quick[1][0] else _costs(line, chosen)
    name = min(costs, key=costs.__getitem__, default=chosen[0])
    is_cheaper = costs.get(name, FAR) + ELSEWHERE < costs.get(chosen[0], FAR)
    is_believed = is_cheaper and _is_sound(line, name) and (chosen[0] == "utf_8" or is_natural(line.decode(name)))
    return name if is_believed else chosen[0]


def _quick(line: bytes, name: str) -> float:
    """What the first words beyond ASCII cost in a codec by pairs of letters alone."""
    text, lost = read(line[:WIDTH], name)
    return lost + sum(account(word, listed=False).nats for word in text.split() if not word.isascii())


def _is_sound(line: bytes, name: str) -> bool:
    """Whether a line is good text in a codec, without bytes that it cannot read; what is valid UTF-8 beyond ASCII is hardly ever anything else."""
    if name == "utf_8":
        return _betrays_utf8(line)
    text = line.decode(name, "surrogateescape")
    return not _UNREAD.search(text) and is_good(text, name)


def explaining(lines: Sequence[bytes], known: Sequence[str] = ()) -> list[str]:
    """`known` and the fewest codecs that make good text of the lines beside it, each worth its cost, looked for in some of the lines."""
    lines = _few(lines)
    names = [*known, *(name for name in proposals(b"\n".join(lines)) if name not in known)]
    table = [_costs(line, names) for line in lines]

    def cost(chosen: Sequence[str]) -> float:
        nats = sum(min(row.get(name, FAR) + ELSEWHERE * (name != chosen[0]) for name in chosen) for row in table)
        return nats + ANOTHER * len(chosen)

    chosen = [*known]
    while others := [name for name in names if not any(_are_kin(name, other) for other in chosen)]:
        better = min(([*chosen, name] for name in others), key=cost)
        if chosen and cost(better) >= cost(chosen):
            break
        chosen = better
    for place in range(len(known), len(chosen)):  # the first ones were chosen to suit all lines, before there were others
        chosen = min(([*chosen[:place], name, *chosen[place + 1 :]] for name in names if not any(_are_kin(name, other) for other in chosen[:place])), key=cost)
    for name in chosen[len(known) :]:
        fewer = [other for other in chosen if other != name]
        if fewer and cost(fewer) < cost(chosen):
            chosen = fewer
    won: Counter[str] = Counter()
    for line, row in zip(lines, table, strict=True):
        won[min(chosen, key=lambda name: row.get(name, FAR))] += len(line)
    return [*known, *sorted(chosen[len(known) :], key=lambda name: -won[name])]


def _costs(line: bytes, names: Sequence[str]) -> dict[str, float]:
    """What a line costs in each of the codecs; those that are far behind are left out."""
    return {name: weight.nats for weight in weigh([line.rstrip(b"\r\n")[:WIDTH]], names) for name in (weight.name, *weight.same)}


def _is_mixed(lines: Sequence[bytes], name: str) -> bool:
    """Whether some of the lines are so bad in the codec that is best for all of them that they must be in another."""
    if name == "utf_8" or len(lines) < 2:
        return False
    wrong = [line for line in lines if _betrays_utf8(line) or not _is_sound(line, name)]
    gain = 0.0
    for line in wrong[:: 1 + len(wrong) // 8]:
        costs = _costs(line, proposals(line))
        gain += max(0.0, costs.get(name, FAR) - min(costs.values(), default=FAR) - ELSEWHERE)
    return gain > ANOTHER
