"""Bytes come in and go out: blocks rejoin exactly, and unchanged lines are the very same bytes."""

from __future__ import annotations

import codecs
import io

import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from summitfix import core, files
from summitfix.core import Change, Reason, Repair, SummitfixError
from summitfix.files import Block, blocks
from summitfix.outgoing import pieces

SURE = (Reason("test.rule", "because", 1.0),)
LINES = st.lists(st.sampled_from([b"one", b"two words", b"", b"caf\xc3\xa9", b"\xff stray", b"\xed\x95\x9c\xea\xb5\xad"]), max_size=12)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


def block(data: bytes, encoding: str = "utf-8") -> Block:
    return Block(data.decode(encoding, "surrogateescape"), encoding, data, b"", "given")


def replaced(found: Block, old: str, new: str) -> Repair:
    """The repair that puts `new` for every `old`."""
    changes, at = [], found.text.find(old)
    while at >= 0:
        changes.append(Change(at, old, new, SURE))
        at = found.text.find(old, at + len(old))
    return Repair(found.text, core.apply(found.text, changes), tuple(changes), (), ())


def joined(found: Block, repair: Repair, codec: str | None = None) -> bytes:
    return b"".join(new for _, new in pieces(found, repair, codec))


# Blocks


@given(LINES, ENDS, st.integers(8, 40))
@settings(max_examples=300)
def test_blocks_rejoin_to_the_input_whatever_their_size(lines: list[bytes], end: bytes, size: int) -> None:
    data = end.join(lines)
    assert b"".join(found.data for found in blocks(io.BytesIO(data), "utf-8", size)) == data


@given(LINES, st.integers(8, 40))
@settings(max_examples=300)
def test_blocks_know_where_they_begin(lines: list[bytes], size: int) -> None:
    data = b"\n".join(lines)
    text = data.decode("utf-8", "surrogateescape")
    done = 0
    for found in blocks(io.BytesIO(data), "utf-8", size):
        assert found.line == text.count("\n", 0, done) + 1
        assert found.column == done - (text.rfind("\n", 0, done) + 1) + 1
        done += len(found.text)
    assert done == len(text)


class Trickle(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        self.data, self.step = data, step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part, self.data = self.data[: min(self.step, len(buffer))], self.data[min(self.step, len(buffer)) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_blocks_do_not_depend_on_how_reads_fall(step: int) -> None:
    data = "한국어 문장 하나.\r\nsecond line\nthird\n".encode() * 5
    whole = [found.data for found in blocks(io.BytesIO(data), size=32)]
    assert [found.data for found in blocks(io.BufferedReader(Trickle(data, step)), size=32)] == whole
    assert len(whole) > 5


def test_lines_are_not_torn_and_longer_ones_are_cut_at_spaces() -> None:
    data = b"one two\nthree four five six seven\n"
    assert [found.data for found in blocks(io.BytesIO(data), size=12)] == [b"one two\n", b"three four ", b"five six ", b"seven\n"]


def test_without_any_space_no_character_is_torn() -> None:
    data = "다람쥐헌쳇바퀴에".encode()
    assert [found.text for found in blocks(io.BytesIO(data), "utf-8", 8)] == ["다람", "쥐헌", "쳇바", "퀴에"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-32-be"])
def test_a_block_ends_with_a_paragraph_or_a_sentence_if_there_is_one_near(codec: str) -> None:
    def cut(text: str) -> list[str]:
        width = len("\n".encode(codec))
        return [found.text for found in blocks(io.BytesIO(text.encode(codec)), codec, 20 * width)]

    assert cut("one two three.\n\nfour\nfive.\nsix\n") == ["one two three.\n\n", "four\nfive.\nsix\n"]
    assert cut("one two thr ree.\nfou\nfive six\n") == ["one two thr ree.\n", "fou\nfive six\n"]
    assert cut("one two thr ree. f\u0a0a five six sev") == ["one two thr ree. ", "f\u0a0a five six sev"]
    assert cut("one.\n\ntwo three four five six\n") == ["one.\n\n", "two three four five ", "six\n"]


def test_crlf_is_not_torn() -> None:
    assert [found.data for found in blocks(io.BytesIO(b"ab\rcdefg\r\nhijkl"), size=9)] == [b"ab\r", b"cdefg\r\n", b"hijkl"]


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(4, 20), st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]), st.booleans())
@settings(max_examples=300)
def test_whole_lines_are_cut_at_lf_alone_whatever_their_length(lengths: list[int], size: int, codec: str, ended: bool) -> None:
    size *= 4  # U+0A00 and U+000A: the byte of LF in other places
    lines = ["a \r\u0a00\u000b"[: length % 6] + "x" * length for length in lengths]
    data = ("\n".join(lines) + "\n" * ended).encode(codec)
    found = list(blocks(io.BytesIO(data), codec, size, whole_lines=True))
    assert b"".join(block.data for block in found) == data
    assert all(block.text.endswith("\n") for block in found[:-1])
    longest = max((len(f"{line}\n".encode(codec)) for line in lines), default=0)
    assert all(len(block.data) <= max(size, 2 * longest) for block in found)


def test_a_line_longer_than_a_block_takes_time_in_proportion() -> None:
    def read(number: int) -> None:
        assert len(next(blocks(io.BytesIO(b"x" * number + b"\nnext\n"), size=64, whole_lines=True)).data) > number

    assert growth(read, 2_000_000, 8) < 20


@pytest.mark.parametrize("whole_lines", [False, True])
def test_a_mark_alone_is_a_block_without_text(whole_lines: bool) -> None:
    (found,) = blocks(io.BytesIO(codecs.BOM_UTF8), whole_lines=whole_lines)
    assert (found.text, found.bom, found.data) == ("", codecs.BOM_UTF8, b"")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
def test_a_byte_order_mark_is_no_part_of_the_text(mark: bytes) -> None:
    (found,) = blocks(io.BytesIO(mark + b"caf\xc3\xa9\n"))
    assert (found.text, found.bom, found.data, found.encoding) == ("café\n", mark, b"caf\xc3\xa9\n", "utf-8")


def test_a_mark_further_on_is_a_character() -> None:
    data = b"0123456\n" + codecs.BOM_UTF8 + b"abc\n"
    assert [found.text for found in blocks(io.BytesIO(data), size=8)] == ["0123456\n", "\ufeffabc\n"]


def test_stray_bytes_are_carried() -> None:
    (found,) = blocks(io.BytesIO(b"a\xffb\n"), "utf-8")
    assert (found.text, found.stray) == ("a\udcffb\n", 1)


def test_binary_is_not_text_and_nothing_of_it_is_lost() -> None:
    data = b"\x7fELF\0\0\1" + bytes(range(256)) * 100
    stream = io.BytesIO(data)
    with pytest.raises(files.Binary) as caught:
        next(blocks(stream, size=512))
    assert caught.value.data + stream.read() == data


def test_nothing_is_no_block() -> None:
    assert list(blocks(io.BytesIO(b""))) == []


@pytest.mark.parametrize("name", ["no-such-codec", "rot13", "hex"])
def test_what_is_no_text_codec_is_refused(name: str) -> None:
    with pytest.raises(SummitfixError, match="no text codec"):
        list(blocks(io.BytesIO(b"text"), name))


# Pieces


@given(LINES, ENDS)
@settings(max_examples=300)
def test_pieces_are_the_old_bytes_and_the_new_ones(lines: list[bytes], end: bytes) -> None:
    found = block(end.join(lines))
    repair = replaced(found, "two", "2")
    made = list(pieces(found, repair))
    assert b"".join(old for old, _ in made) == found.data
    assert b"".join(new for _, new in made) == repair.after.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        pytest.param(b"\x81\x84 twice in the table\nteh line\n\x81\x84\n", "cp932", id="cp932 NOT SIGN"),
        pytest.param(b"\xa1\xc3 twice in the table\nteh line\n", "big5", id="big5"),
        pytest.param(b"caf\xe9 \xff\nteh line\n\x80\x81\n", "cp1252", id="holes of cp1252"),
    ],
)
def test_unchanged_lines_are_the_very_same_bytes_even_if_the_codec_does_not_round_trip(data: bytes, codec: str) -> None:
    found = block(data, codec)
    assert joined(found, replaced(found, "teh", "the")) == data.replace(b"teh", b"the")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_codecs_have_lines_too(codec: str) -> None:
    text = "eins\nteh ਊ zwei\r\ndrei\rteh\n"  # U+0A0A holds the byte of LF twice
    found = block(text.encode(codec), codec)
    assert joined(found, replaced(found, "teh", "the")) == text.replace("teh", "the").encode(codec)


def test_a_change_may_join_lines() -> None:
    found = block(b"first\nrelationshi\nBUY p lasts\nlast\n")
    repair = replaced(found, "\nBUY ", "")
    assert list(pieces(found, repair)) == [
        (b"first\n", b"first\n"),
        (b"relationshi\nBUY p lasts\n", b"relationship lasts\n"),
        (b"last\n", b"last\n"),
    ]


def test_a_change_that_takes_a_line_end_takes_in_the_next_line() -> None:
    found = block(b"end BUY\nnext\nlast\n")
    assert list(pieces(found, replaced(found, "BUY\n", ""))) == [(b"end BUY\nnext\n", b"end next\n"), (b"last\n", b"last\n")]


def test_a_whole_line_can_go() -> None:
    found = block(b"one\nBUY\ntwo\n")
    assert list(pieces(found, replaced(found, "BUY\n", ""))) == [(b"one\n", b"one\n"), (b"BUY\n", b""), (b"two\n", b"two\n")]


def test_what_the_codec_cannot_hold_is_refused_by_name() -> None:
    found = block("나라 ? 한국\n".encode("cp949"), "cp949")
    with pytest.raises(SummitfixError, match=r"cp949 cannot hold '—' \(U\+2014\); --to utf-8"):
        list(pieces(found, replaced(found, "?", "—")))


def test_conversion_changes_every_line_that_it_must() -> None:
    found = block("plain\nété\n".encode("cp1252"), "cp1252")
    assert joined(found, replaced(found, "zzz", ""), "utf-8") == "plain\nété\n".encode()


def test_a_stray_byte_cannot_be_converted_to_a_wide_codec() -> None:
    found = block(b"a\xff\n")
    with pytest.raises(SummitfixError, match="stray byte 0xFF"):
        joined(found, replaced(found, "zzz", ""), "utf-16-le")


def test_a_changed_last_line_without_an_end_can_be_converted() -> None:
    found = Block("plus de café\nque de thÃ©", "latin-1", b"plus de caf\xe9\nque de th\xc3\xa9", b"", "given")
    written = list(pieces(found, replaced(found, "Ã©", "é"), "utf-8"))
    assert b"".join(new for _, new in written).decode() == "plus de café\nque de thé"
    assert b"".join(old for old, _ in written) == found.data


@pytest.mark.parametrize(
    ("was", "now", "codec", "sign"),
    [
        ("5 ~ 7 度", "5 〜 7 度", "cp932", r"'〜' \(U\+301C\)"),  # written as `～`
        ("\udc81 x x", "\udc81x", "cp932", "the stray byte 0x81"),  # which takes the letter behind it
        ("еш x\x1b(", "еш \x1b(", "iso2022_jp_ext", r"'\('"),  # half an escape, cut off
    ],
)
def test_a_repair_that_is_not_read_back_as_it_was_written_is_refused(was: str, now: str, codec: str, sign: str) -> None:
    found = Block(was, codec, was.encode(codec, "surrogateescape"), b"", "given")
    with pytest.raises(SummitfixError, match=f"{codec} cannot hold {sign}"):
        list(pieces(found, Repair(was, now, (Change(0, was, now, SURE),), (), ())))


def test_a_line_may_be_of_a_codec_with_characters_that_the_other_lacks() -> None:
    assert next(blocks(io.BytesIO(b"t \xd1\xf6\xdb\xef\xe2\xed\xe6\xeb\rs\xff ge?ntereseerd in"), None)).is_mixed
