"""Files whose codec changes from line to line: which codecs explain the lines, and which line is in which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitfix.detect.forms import Decoded
from summitfix.detect.weighing import is_good, proposals, weigh

LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_UNREAD = re.compile("[\x80-\x9f\udc80-\udcff]")
_WORD = re.compile(r"[^ \t\r\n]+")


def is_utf8(line: bytes) -> bool:
    """Whether a line is valid UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def spread(lines: Sequence[bytes], size: int) -> list[bytes]:
    """Some of the lines, evenly spread, of up to `size` bytes in all."""
    total = sum(map(len, lines))
    step = max(1, -(-total // size))
    return [line[:size] for line in lines[::step]]


def by_line(data: bytes) -> Decoded:
    """UTF-8 text, but for lines that are no valid UTF-8 and good text in another codec."""
    lines = LINE.findall(data)
    wrong = [line for line in lines if not is_utf8(line)]
    sample = spread([match[0] for line in wrong for match in BEYOND_ASCII.finditer(line)], 6000)
    name = next((weight.name for weight in weigh(sample, proposals(b"\n".join(sample)))), "utf-8")
    pieces, other = [], {}
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "surrogateescape")
        if not is_utf8(line):
            reading = line.decode(name, "surrogateescape")
            if is_good(reading, name) and not _UNREAD.search(reading):
                text, other[number] = reading, name
        pieces.append(text)
    said = (
        f"UTF-8, but for {len(other)} lines in {', '.join(sorted(set(other.values())))} (the first is line {min(other)})" if other else "UTF-8 with stray bytes"
    )
    return Decoded("".join(pieces), "utf-8", b"", said)
