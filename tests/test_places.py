"""Where changes are in the bytes of the input: a place that is given is true, whatever the codec, the cuts and the stray bytes."""

from __future__ import annotations

import io
from itertools import accumulate, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sentences import SENTENCES

import summitfix.codecs  # noqa: F401  it registers VISCII
from summitfix import files
from summitfix.core import Change, Reason, Repair
from summitfix.files import Block, blocks
from summitfix.lines import starts
from summitfix.places import Place, placed, places

CODECS = ("utf-8", "cp1252", "cp949", "gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "utf-16-le", "utf-16-be", "utf-32-le", "viscii", "iso2022_jp", "hz")
SIGNS = "aZ ,?'\r\n\nÀéß’—…あ漢字가나다ｱ𝒳😀"
NOT_STATEFUL = [codec for codec in CODECS if codec not in ("iso2022_jp", "hz")]


def all_places(block: Block) -> list[Place]:
    found = places(block, starts(block.text), range(len(block.text) + 1))
    assert [place.offset - block.offset for place in found.values()] == list(range(len(block.text) + 1))
    return list(found.values())


def check(data: bytes, encoding: str | None, size: int = files.BLOCK) -> list[Place]:
    """Read, and hold each place against the bytes: between any two neighbours stands what the text says. Gives the places of all blocks."""
    result: list[Place] = []
    for block in blocks(io.BytesIO(data), encoding, size):
        found = all_places(block)
        known = [(offset, place) for offset, place in enumerate(found) if place.byte is not None]
        for (start, place), (end, following) in pairwise(known):
            assert place.byte is not None and following.byte is not None
            assert data[place.byte : following.byte].decode(place.encoding, "surrogateescape") == block.text[start:end]
        result += found
    return result


@given(st.sampled_from(CODECS), st.text(SIGNS, max_size=60), st.integers(20, 60), st.booleans())
@example("hz", "?é?é?é", 20, False)
def test_a_place_holds_what_the_text_says(codec: str, text: str, size: int, marked: bool) -> None:
    mark = next((mark for mark, name in files.MARKS.items() if name == codec and marked), b"")
    data = mark + text.encode(codec, "ignore")
    found = check(data, codec, size)
    if codec in NOT_STATEFUL and "\ufeff" not in text:
        assert all(place.byte is not None for place in found)


@given(st.sampled_from(("utf-8", "cp949", "gb18030", "cp950", "cp932", "euc_jp", "cp1252", "ascii")), st.binary(max_size=60), st.integers(20, 60))
def test_stray_bytes_are_placed_too(codec: str, data: bytes, size: int) -> None:
    assert all(place.byte is not None for place in check(data.replace(b"\0", b"a"), codec, size))


def test_offsets_begin_behind_the_byte_order_mark_in_code_points_and_before_it_in_bytes() -> None:
    found = check("é\nb".encode("utf-8-sig"), None)
    assert [(place.offset, place.byte) for place in found] == [(0, 3), (1, 5), (2, 6), (3, 7)]


def test_blocks_go_on_where_the_one_before_ended() -> None:
    text = "Schöne Grüße aus Köln\n" * 20
    found = [(block.offset, block.byte_offset) for block in blocks(io.BytesIO(text.encode("utf-8-sig")), None, 50)]
    assert len(found) > 5
    assert found[1] == (44, 3 + 50) or found[1][1] > found[1][0]
    ends = [block.offset + len(block.text) for block in blocks(io.BytesIO(text.encode("utf-8-sig")), None, 50)]
    assert [offset for offset, _ in found[1:]] == ends[:-1] and ends[-1] == len(text)


LINES = {
    "NEC's and IBM's copies of one sign in cp932": ("cp932", b"\xed\x40 and \xfa\x5c\n\x87\x90 then \x81\xe0\n"),
    "two signs of HKSCS in one character": ("big5hkscs", b"a\x88\x62b\x88\x66c\n"),
    "stray bytes and Korean": ("cp949", "가\n나 다\n".encode("cp949") + b"\xff \xc9\x41 z\n"),
}


@pytest.mark.parametrize(("codec", "data"), LINES.values(), ids=LINES)
def test_lines_that_do_not_round_trip(codec: str, data: bytes) -> None:
    found = check(data, codec)
    assert found[-1].byte == len(data)
    assert sum(place.byte is None for place in found) <= 1  # between the two signs that are one character


def test_lines_of_another_codec() -> None:
    """UTF-8 throughout but for one line: its places and its codec are its own."""
    french, german = SENTENCES["fr"][1], SENTENCES["de"][0]
    lines = [french.encode(), "Le garçon a mangé à la fenêtre, où il rêvait d’été".encode("cp1252"), german.encode()]
    data = b"\n".join([*lines[:1] * 3, *lines[1:], *lines[:1] * 3])
    found = check(data, None)
    assert all(place.byte is not None for place in found)
    assert {place.encoding for place in found if place.line == 4} == {"cp1252"}
    assert {place.encoding for place in found if place.line != 4} == {"utf-8"}


def test_where_lines_cannot_be_told_apart_the_whole_is_placed() -> None:
    """In HZ a tilde before a line end continues the line: there are fewer lines in the text than in the bytes."""
    data = b"one ~\ntwo\nthree"
    block = next(blocks(io.BytesIO(data), "hz"))
    found = all_places(block)
    assert found[-1].byte == len(data)
    check(data, "hz")


def test_inside_the_shifts_of_iso_2022_there_are_no_places() -> None:
    data = "ab 漢字 cd".encode("iso2022_jp")
    found = check(data, "iso2022_jp")
    assert [place.byte for place in found] == [0, 1, 2, 3, None, 13, 14, 15, 16]


def test_changes_and_doubts_come_in_order_with_their_kinds() -> None:
    text = "aXbY\ncZ"
    why = (Reason("glyphs.test", "", 0.95),)
    changes = (Change(1, "X", "x", why), Change(6, "Z", "z", why))
    doubts = (Change(3, "Y", "y", (Reason("glyphs.test", "", 0.5),)), Change(3, "Y\nc", "Y\nc", why))
    found = list(placed(Block(text, "utf-8", text.encode(), b"", files.CLEAN), Repair(text, "axbY\ncz", changes, doubts, ())))
    assert [(record.change.before, record.kind, record.is_sure, record.length) for record in found] == [
        ("X", "change", True, 1),
        ("Y", "doubt", False, 1),
        ("Y\nc", "flag", False, 3),
        ("Z", "change", True, 1),
    ]
    assert found[2].end[:3] == (2, 2, 6)


def test_many_changes_of_one_long_line_take_no_longer_than_the_line() -> None:
    text = "Größe " * 40_000
    offsets = list(accumulate([6] * 40_000))
    found = places(Block(text, "utf-8", text.encode(), b"", "given"), [0], offsets)
    assert found[offsets[-1]].byte == len(text.encode())
