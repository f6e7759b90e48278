"""What goes out of a block: its bytes as they were, and those that shall be.

Lines without a change go out as the very bytes that came in; only changed lines are encoded again, so a codec that does not round-trip (cp932, big5) does
no harm elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summitfix.core import Repair, SummitfixError
from summitfix.files import Block
from summitfix.lines import END, hunks, starts


def pieces(block: Block, repair: Repair, codec: str | None = None, mark: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
    """The block as pairs of bytes, those that were and those that shall be, in `codec` (by default its own); unchanged lines are the same bytes.

    A byte-order mark is kept; a conversion begins with `mark`. UTF-8, if named, also converts the lines of other codecs in a file that mixes them.
    Raises SummitfixError where `codec` cannot hold a character.
    """
    named, codec = codec is not None, codec or block.encoding
    converts = codec != block.encoding or (codec == "utf-8" and named and block.is_mixed)
    mark = mark if block.line == block.column == 1 else b""
    if block.bom or mark:
        yield block.bom, mark if converts else block.bom or mark
    if not repair.changes and not converts:
        yield block.data, block.data
        return
    begins = starts(block.text)
    places = line_places(block, begins)
    done = 0
    for hunk in hunks(block.text, repair.changes, begins):
        yield from _unchanged(block, begins, places, (done, hunk.first), codec if converts else None)
        yield block.data[places[hunk.first] : places[hunk.last]], _encoded(hunk.after(block.text), codec)
        done = hunk.last
    yield from _unchanged(block, begins, places, (done, len(begins)), codec if converts else None)


def _unchanged(block: Block, begins: list[int], places: list[int], span: tuple[int, int], codec: str | None) -> Iterator[tuple[bytes, bytes]]:
    """The lines from `span[0]` up to `span[1]`: as they are, or each converted to `codec`."""
    first, last = span
    if codec is None:
        if first < last:
            same = block.data[places[first] : places[last]]
            yield same, same
        return
    ends = [*begins[1:], len(block.text)]
    for line in range(first, last):
        yield block.data[places[line] : places[line + 1]], _encoded(block.text[begins[line] : ends[line]], codec)


def line_places(block: Block, begins: list[int]) -> list[int]:
    """The offsets in the bytes of a block of its lines, which begin at `begins` in code points, and of the end.

    Raises SummitfixError if its codec does not tell where lines end.
    """
    if len("\n".encode(block.encoding)) == 1:
        found = [0, *(match.end() for match in re.finditer(END.encode(), block.data))]
    else:
        found = [0]
        for line in range(1, len(begins)):
            found.append(found[-1] + len(_encoded(block.text[begins[line - 1] : begins[line]], block.encoding)))
    if len(found) != len(begins):
        raise SummitfixError(f"its lines in {block.encoding} cannot be told apart; --to utf-8 on a pipe converts it")
    return [*found, len(block.data)]


def _encoded(text: str, codec: str) -> bytes:
    """`text` in `codec`, surrogate escapes as the bytes they stand for. Raises SummitfixError unless that is read as `text` again.

    Codecs of Chinese, Japanese and Korean write some characters as others (`〜` of cp932 is read as `～`), and a stray byte that stands before a letter
    may be the first half of one of theirs.
    """
    try:
        data = text.encode(codec, "surrogateescape")
        if codec.startswith("utf") or (again := data.decode(codec, "surrogateescape")) == text:
            return data
        place = next((at for at, (one, other) in enumerate(zip(text, again, strict=False)) if one != other), len(text) - 1)
    except UnicodeEncodeError as error:
        place = error.start
    except UnicodeDecodeError:
        place = len(text) - 1
    sign = text[place]
    shown = f"the stray byte 0x{ord(sign) - 0xDC00:02X}" if "\udc80" <= sign <= "\udcff" else f"{sign!r} (U+{ord(sign):04X})"
    raise SummitfixError(f"{codec} cannot hold {shown}; --to utf-8 writes it in a codec that can")
