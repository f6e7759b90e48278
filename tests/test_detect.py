"""Bytes to text: marks, widths, escapes, declarations, legacy codecs by what text they make, and bytes that are carried through."""

from __future__ import annotations

import codecs
import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sentences import PARAGRAPHS, SENTENCES

import summitfix
from summitfix import SummitfixError, decode

PLAIN = str.maketrans({"’": "'", "“": '"', "”": '"', "—": "-", "«": "<", "»": ">", "ș": "ş", "ț": "ţ", "\u200c": ""})
"""Signs that some codec lacks, put plainly; Romanian with the cedilla that the codecs before 2001 have."""

WRITTEN = [
    # language, Python's name of a codec that texts in it were written in
    ("ar", "cp1256"),
    ("be", "cp1251"),
    ("bg", "cp1251"),
    ("ca", "cp1252"),
    ("cs", "cp1250"),
    ("cs", "cp852"),
    ("da", "cp1252"),
    ("de", "cp1252"),
    ("de", "mac_roman"),
    ("el", "cp1253"),
    ("el", "iso8859_7"),
    ("es", "cp850"),
    ("es", "cp1252"),
    ("et", "cp1257"),
    ("fi", "cp1252"),
    ("fr", "cp1252"),
    ("fr", "mac_roman"),
    ("he", "cp1255"),
    ("hr", "cp1250"),
    ("hu", "iso8859_2"),
    ("is", "cp1252"),
    ("it", "cp1252"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
    ("lt", "cp1257"),
    ("lv", "cp1257"),
    ("mk", "cp1251"),
    ("nb", "cp1252"),
    ("pl", "cp1250"),
    ("pl", "iso8859_2"),
    ("pt", "cp850"),
    ("pt", "cp1252"),
    ("ro", "iso8859_2"),
    ("ru", "cp1251"),
    ("ru", "cp855"),
    ("ru", "cp866"),
    ("ru", "iso8859_5"),
    ("ru", "koi8_r"),
    ("ru", "mac_cyrillic"),
    ("sk", "cp1250"),
    ("sl", "cp1250"),
    ("sr", "cp1251"),
    ("sv", "cp850"),
    ("th", "cp874"),
    ("tr", "cp1254"),
    ("uk", "cp1251"),
    ("uk", "koi8_u"),
    ("zh-hans", "gb18030"),
    ("zh-hant", "big5"),
]


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_a_single_line_in_a_legacy_codec_is_read(language: str, codec: str) -> None:
    for sentence in SENTENCES[language]:
        text = sentence.translate(PLAIN)
        assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_a_paragraph_in_a_legacy_codec_is_read_and_its_bytes_come_back(language: str, codec: str) -> None:
    for end in ("\n", "\r\n"):
        text = PARAGRAPHS[language].translate(PLAIN).replace("\n", end)
        found = decode(text.encode(codec))
        assert found.text == text
        assert found.bom == b""
        assert found.text.encode(found.encoding, "surrogateescape") == text.encode(codec)


@pytest.mark.parametrize("language", ["fr", "ru", "ja", "ko", "tr"])
def test_a_legacy_line_among_much_ascii_is_read(language: str) -> None:
    codec = {"fr": "cp1252", "ru": "cp1251", "ja": "cp932", "ko": "cp949", "tr": "cp1254"}[language]
    text = "value = compute(width, height)\n" * 200 + "# " + SENTENCES[language][1].translate(PLAIN) + "\nreturn value\n"
    assert decode(text.encode(codec)).text == text


# Marks, widths, escapes


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", ["", "plain\n", "été\r\n", "Слово 한글 🦀"])
def test_a_byte_order_mark_tells(bom: bytes, codec: str, text: str) -> None:
    assert decode(bom + text.encode(codec)) == (text, codec, bom, "byte-order mark")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_wide_text_without_mark_is_read(language: str, codec: str) -> None:
    for text in (*SENTENCES[language], PARAGRAPHS[language], PARAGRAPHS[language].replace("\n", "\r\n")):
        found = decode(text.encode(codec))
        assert (found.text, found.encoding, found.bom) == (text, codec, b"")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_long_wide_text_of_several_scripts_is_read(codec: str) -> None:
    text = "\n".join(PARAGRAPHS[language] for language in ("ru", "zh-hans", "en", "ko", "he", "hi", "ja")) * 5
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"Bush hid the facts",
        b"this app can break",
        b"It\x19s late, and we\x19re tired of it.",
        b"\x1cCome in,\x1d she said.",
        b"\x0304red\x03 and \x02bold\x02 on a chat line",
        b"n\x08na\x08am\x08me\x08e of the page",
        b"\x07",
        b"\x01\x02",
        "Ещё не\x19 слово".encode(),
        "été \x1c là \x1d".encode(),
    ],
)
def test_control_characters_do_not_make_text_wide(data: bytes) -> None:
    assert decode(data).encoding == "utf-8"
    assert decode(data).text == data.decode()


@pytest.mark.parametrize(
    "data", [b"\0" * 64, bytes(range(64)), b"\x7fELF\x02\x01\x01" + b"\0" * 57, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06\0\0\0"]
)
def test_binary_data_are_not_taken_for_wide_text(data: bytes) -> None:
    assert not decode(data).encoding.startswith(("utf-16", "utf-32"))


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_jp_2", "iso2022_jp_3"])
def test_japanese_mail_is_read_by_its_escapes(codec: str) -> None:
    text = PARAGRAPHS["ja"]
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(("language", "codec"), [("ko", "iso2022_kr"), ("zh-hans", "hz")])
def test_korean_and_chinese_mail_is_read_by_its_escapes(language: str, codec: str) -> None:
    text = PARAGRAPHS[language]
    found = decode(text.encode(codec))
    assert (found.text, found.encoding) == (text, codec)


@pytest.mark.parametrize("data", [b"\x1b[31mred\x1b[0m and plain\n", b"\x1b(B plain", b"a ~{ b ~} c", b"\x1b$B"])
def test_other_escapes_are_kept(data: bytes) -> None:
    assert decode(data).text == data.decode("ascii")


# UTF-8


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_utf_8_is_utf_8(language: str) -> None:
    text = PARAGRAPHS[language]
    assert decode(text.encode()) == (text, "utf-8", b"", "valid UTF-8")


@pytest.mark.parametrize("data", [b"", b"\n", b"plain", b"\r\n\r", "Ã©".encode(), "\ufffd".encode(), "\x85\u2028".encode()])
def test_valid_utf_8_is_left_as_it_is(data: bytes) -> None:
    assert decode(data) == (data.decode(), "utf-8", b"", "valid UTF-8")


def test_clean_input_loads_no_model_and_no_detector() -> None:
    code = (
        "import sys, summitfix\n"
        "summitfix.decode('été 한글\\n'.encode()), summitfix.decode(b'\\xff\\xfea\\0'), summitfix.decode(b'a\\0b\\0')\n"
        "heavy = {'charset_normalizer', 'summitfix.language', 'summitfix.rereading.rows', 'summitfix.words', 'rich', 'ftfy'} & {*sys.modules}\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Declarations


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="{}"?>\n',
        "<html><head><meta charset={}></head>\n",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">\n',
        "# -*- coding: {} -*-\n",
        "# vim: set fileencoding={} :\n",
    ],
)
@pytest.mark.parametrize(
    ("language", "told", "codec"), [("ru", "koi8-r", "koi8_r"), ("ja", "Shift_JIS", "cp932"), ("pl", "iso-8859-2", "iso8859_2"), ("ko", "euc-kr", "cp949")]
)
def test_a_declaration_that_is_right_is_honoured(head: str, language: str, told: str, codec: str) -> None:
    text = head.format(told) + SENTENCES[language][0]
    found = decode(text.encode(codec))
    assert found.text == text
    assert codecs.lookup(found.encoding) == codecs.lookup(codec)


@pytest.mark.parametrize(
    ("data", "told", "text"),
    [
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"caf\xe9", "iso-8859-15", "café"),
        (b"\xa420 f\xfcr M\xfcller", "iso-8859-15", "€20 für Müller"),
    ],
)
def test_a_declaration_decides_where_the_text_does_not(data: bytes, told: str, text: str) -> None:
    found = decode(b"<meta charset=" + told.encode() + b">" + data)
    assert found.text.endswith(text)


@pytest.mark.parametrize(
    ("language", "told", "codec"),
    [("ru", "iso-8859-1", "cp1251"), ("ja", "iso-8859-1", "cp932"), ("ko", "big5", "cp949"), ("el", "cp1251", "cp1253"), ("ru", "koi8-r", "cp1251")],
)
def test_a_declaration_that_is_wrong_is_overruled_and_said_to_be(language: str, told: str, codec: str) -> None:
    text = f"<meta charset={told}>\n" + PARAGRAPHS[language]
    found = decode(text.encode(codec))
    assert found.text == text
    assert "is wrong" in found.evidence


@pytest.mark.parametrize("told", ["iso-8859-1", "utf-16", "no-such-codec", "rot13", "base64"])
def test_valid_utf_8_is_utf_8_whatever_is_declared(told: str) -> None:
    text = f'<?xml version="1.0" encoding="{told}"?>\n<a>été</a>'
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("told", ["no-such-codec", "rot13", "base64", "hex", "punycode", "utf-7", "utf-16", "idna", "undefined"])
def test_a_declaration_of_no_use_does_no_harm(told: str) -> None:
    text = f"# coding: {told}\n" + PARAGRAPHS["ru"]
    assert decode(text.encode("cp1251")).text == text


# Lines of another codec, stray bytes


def test_legacy_lines_in_utf_8_text_are_read_and_named() -> None:
    lines = [*SENTENCES["fr"], *SENTENCES["es"], SENTENCES["de"][1], *SENTENCES["pt"]]
    pieces = [line.encode("cp1252" if number == 6 else "utf-8") for number, line in enumerate(lines)]
    found = decode(b"\n".join(pieces))
    assert found.text == "\n".join(lines)
    assert found.encoding == "utf-8"
    assert "line 7" in found.evidence


def test_legacy_lines_are_read_however_late_they_come() -> None:
    early = (PARAGRAPHS["fr"] * 60).encode()
    found = decode(early + "Das Café schließt früh, weil es ständig schneit.\n".encode("cp1252"))
    assert found.text == PARAGRAPHS["fr"] * 60 + "Das Café schließt früh, weil es ständig schneit.\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain \xff text", "plain \udcff text"),
        (b"a\xffb", "a\udcffb"),
        (b"\xff", "\udcff"),
        (b"\xff\xff\xff", "\udcff\udcff\udcff"),
        (b"x = 1\n\xff\ny = 2\n", "x = 1\n\udcff\ny = 2\n"),
        ("été \xff là".encode().replace(b"\xc3\xbf", b"\xff"), "été \udcff là"),
    ],
)
def test_a_byte_that_makes_no_good_text_is_carried_through(data: bytes, text: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == (text, "utf-8")
    assert "stray" in found.evidence


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"It\x92s late and we won\x92t go.", "It’s late and we won’t go."),
        (b"The word \x93quiet\x94 was there.\n", "The word “quiet” was there.\n"),
        (b"caf\xe9", "café"),
        (b"a soir\xe9e at the caf\xe9", "a soirée at the café"),
        (b"10 \xb0C", "10 °C"),
        (b"\xa9 2020 Smith", "© 2020 Smith"),
        (b"pages 3\x9612", "pages 3–12"),
    ],
)
def test_a_few_bytes_that_make_good_text_are_cp1252(data: bytes, text: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == (text, "cp1252")


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=80))
@example(data=b"\xfc8 \x8e\xe7")
@example(data=b"\xff\xfe\xff")
@example(data=b"\xef\xbb\xbf\xff")
def test_the_bytes_come_back(data: bytes) -> None:
    """But for lines of another codec, which the evidence names, and what the codecs of Chinese and Japanese hold twice."""
    try:
        found = decode(data)
    except SummitfixError as error:
        assert data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)), error
        return
    if "UTF-8, but for" in found.evidence:
        return
    again = found.text.encode(found.encoding, "surrogateescape")
    if found.encoding in ("cp932", "cp950", "big5hkscs", "cp949", "gb18030", "euc_jp"):
        assert again.decode(found.encoding, "surrogateescape") == found.text
    else:
        assert found.bom + again == data


# What the caller says


@pytest.mark.parametrize("name", ["cp949", "CP949", "ms949", "uhc"])
def test_the_named_codec_is_used_under_any_of_its_names(name: str) -> None:
    text = SENTENCES["ko"][0]
    assert decode(text.encode("cp949"), encoding=name) == (text, "cp949", b"", "as told")


def test_the_named_codec_is_used_even_if_another_is_likelier() -> None:
    assert decode("Слово".encode("cp1251"), encoding="latin-1").text == "Слово".encode("cp1251").decode("latin-1")


@pytest.mark.parametrize("name", ["no-such-codec", "", "rot13", "base64", "utf 99"])
def test_an_unknown_codec_raises_what_a_user_can_act_on(name: str) -> None:
    with pytest.raises(SummitfixError, match="try"):
        decode(b"text", encoding=name)


@pytest.mark.parametrize(
    ("data", "name"), [(b"a\0b", "utf-16-le"), (b"\0\xd8\0\0", "utf-16-le"), (b"\xff\xff\xff\xff", "utf-32-le"), (b"\x1b$B\xff", "iso2022_jp")]
)
def test_wide_and_escaped_text_must_decode(data: bytes, name: str) -> None:
    with pytest.raises(SummitfixError, match="not valid"):
        decode(data, encoding=name)


def test_stray_bytes_are_carried_through_in_the_named_codec() -> None:
    found = decode(b"caf\xc3\xa9 \xff", encoding="utf-8")
    assert found.text == "café \udcff"
    assert found.text.encode("utf-8", "surrogateescape") == b"caf\xc3\xa9 \xff"


@pytest.mark.parametrize(
    ("name", "bom"), [("utf-8", codecs.BOM_UTF8), ("utf-8-sig", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_BE), ("utf-16-le", codecs.BOM_UTF16_LE)]
)
def test_a_mark_is_kept_apart_from_the_text_of_the_named_codec(name: str, bom: bytes) -> None:
    codec = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF16_LE: "utf-16-le"}[bom]
    assert decode(bom + "été".encode(codec), encoding=name)[:3] == ("été", codec, bom)


def test_the_evidence_of_a_guess_names_what_else_it_could_be() -> None:
    assert "nats a character" in decode(PARAGRAPHS["ru"].encode("cp1251")).evidence
    assert "the same text in" in decode("cafés".encode("cp1252")).evidence


@pytest.mark.parametrize(("language", "codec"), [("ru", "cp1251"), ("ja", "cp932"), ("fr", "cp1252")])
def test_a_large_file_is_sampled(language: str, codec: str) -> None:
    """Ten times the text costs about what one time costs: reading it, not weighing it."""
    paragraph = PARAGRAPHS[language].translate(PLAIN).encode(codec)
    small, large = paragraph * 100, paragraph * 1000
    decode(small)

    def seconds(data: bytes) -> float:
        start = time.perf_counter()
        decode(data)
        return time.perf_counter() - start

    assert seconds(large) < 4 * min(seconds(small) for _ in range(3)) + 0.1


def test_what_is_decoded_can_be_repaired() -> None:
    text = SENTENCES["fr"][0]
    found = decode(text.encode().decode("latin-1").encode("cp1252", "replace"))
    assert summitfix.fix(found.text) == text
