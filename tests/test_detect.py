"""Bytes to text: marks, widths, escapes, declarations, legacy codecs by what text they make, and bytes that are carried through."""

from __future__ import annotations

import codecs
import random
import subprocess
import sys
import unicodedata

import pytest
from growth import growth
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sentences import PARAGRAPHS, SENTENCES

import summitfix
from summitfix import SummitfixError, decode
from summitfix.codecs import EIGHT_BIT, MULTI_BYTE, OWN
from summitfix.detect.rows import CODECS
from summitfix.rereading.rows import MEANT

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
    ("ar", "cp720"),
    ("ar", "iso8859_6"),
    ("bg", "cp855"),
    ("bg", "koi8_r"),
    ("cs", "mac_latin2"),
    ("cy", "iso8859_14"),
    ("da", "cp865"),
    ("de", "cp437"),
    ("el", "cp737"),
    ("el", "mac_greek"),
    ("eo", "iso8859_3"),
    ("es", "mac_roman"),
    ("et", "cp775"),
    ("fi", "iso8859_15"),
    ("fr", "cp437"),
    ("fr", "cp863"),
    ("he", "cp862"),
    ("he", "iso8859_8"),
    ("hr", "mac_croatian"),
    ("hu", "cp852"),
    ("is", "cp861"),
    ("kk", "kz1048"),
    ("ko", "johab"),
    ("lt", "iso8859_13"),
    ("lv", "cp775"),
    ("lv", "iso8859_4"),
    ("mk", "cp855"),
    ("nb", "cp865"),
    ("nl", "cp1252"),
    ("pl", "cp852"),
    ("pt", "cp860"),
    ("ro", "cp852"),
    ("sk", "cp852"),
    ("sl", "cp852"),
    ("sr", "iso8859_5"),
    ("tr", "cp857"),
    ("uk", "cp1125"),
    ("uk", "mac_cyrillic"),
    ("vi", "tcvn3"),
    ("vi", "viscii"),
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


def in_pieces(text: str, codec: str) -> bytes:
    """Vietnamese in cp1258, which holds its tones apart from their vowels."""
    return b"".join(
        char.encode(codec) if char.encode(codec, "ignore") else b"".join(piece.encode(codec) for piece in TONED.get(char) or unicodedata.normalize("NFD", char))
        for char in text
    )


TONED = {
    # A letter of Vietnamese: its vowel as the codec has it, and its tone
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}


def test_vietnamese_in_pieces_is_read() -> None:
    for sentence in (*SENTENCES["vi"], PARAGRAPHS["vi"]):
        text = sentence.translate(PLAIN)
        found = decode(in_pieces(text, "cp1258"))
        assert (unicodedata.normalize("NFC", found.text), found.encoding) == (text, "cp1258")


ALONE = [
    # a line in which little but one letter tells, its codec
    ("Det står en røver på kaia.", "cp1252"),
    ("Han bodde i Göteborg.", "cp437"),
    ("Le marché couvert ouvre dimanche matin.", "cp850"),
    ("Le conseil municipal a été renouvelé.", "mac_roman"),
    ("Cette route conduit à un petit village.", "cp850"),
    ("La señora del tercero vende flores.", "cp850"),
    ("O câmbio subiu de novo.", "cp437"),
    ("Iratkozni július elején lehet.", "iso8859_2"),
    ("Trumpa kalba buvo įdomi.", "cp1257"),
    ("Nazajutrz poszliśmy do lasu.", "iso8859_2"),
    ("Der Zug fährt gleich ab.", "cp437"),
    ("Kedi ağaçta uyuyor.", "cp857"),
    ("Nieuwe fietsen zijn geïmporteerd.", "cp1252"),
    ("Das Rathaus von Überlingen brannte.", "mac_roman"),
    ("Sokkal többen jöttek el.", "cp852"),
]


@pytest.mark.parametrize(("text", "codec"), ALONE)
def test_a_letter_alone_is_told_by_the_language_of_the_rest(text: str, codec: str) -> None:
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


@pytest.mark.parametrize("cut", range(1, 6))
def test_japanese_mail_that_is_cut_off_is_read_as_far_as_it_goes(cut: int) -> None:
    text = PARAGRAPHS["ja"]
    found = decode(text.encode("iso2022_jp")[:-cut])
    assert found.text[:-2] == text[: len(found.text) - 2]
    assert found.encoding.startswith("iso2022_jp")


def test_roman_escapes_of_japanese_mail_are_read() -> None:
    text = PARAGRAPHS["ja"]
    assert decode(text.encode("iso2022_jp").replace(b"\x1b(B", b"\x1b(J")).text == text


@pytest.mark.parametrize("data", [b'(format t "~{~a~}" x)', b'(format t "~{ab~}" x)', b'y = "~{abcd~}"', b"~{!~}", b"\x1b[1m\x1b$B#\x1b[0m"])
def test_code_that_looks_like_escapes_stays(data: bytes) -> None:
    assert decode(data) == (data.decode(), "utf-8", b"", "valid UTF-8")


# Cut off, as by whoever reads the first KiB


@pytest.mark.parametrize("size", range(40, 60))
@pytest.mark.parametrize("language", ["fr", "ru", "hi", "ja"])
def test_utf_8_that_is_cut_off_is_utf_8(language: str, size: int) -> None:
    data = SENTENCES[language][1].encode()[:size]
    found = decode(data)
    assert found.encoding == "utf-8"
    assert found.text.encode("utf-8", "surrogateescape") == data


@pytest.mark.parametrize("size", range(60, 70))
@pytest.mark.parametrize(
    ("language", "codec"), [("ja", "cp932"), ("ja", "euc_jp"), ("ko", "cp949"), ("zh-hans", "gb18030"), ("zh-hant", "cp950"), ("ru", "koi8_r")]
)
def test_legacy_text_that_is_cut_off_is_read(language: str, codec: str, size: int) -> None:
    text = PARAGRAPHS[language].replace("\n", "").translate(PLAIN)
    data = text.encode(codec)[:size]
    found = decode(data)
    whole = data.decode(codec, "ignore")
    assert found.text[: len(whole)] == whole
    assert len(found.text) - len(whole) <= 1


def test_a_letter_at_the_very_end_is_not_half_of_another() -> None:
    assert decode(b"caf\xe9").text == "café"
    assert decode(b"il est arriv\xe9").text == "il est arrivé"


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
        "heavy = {'summitfix.codecs', 'summitfix.language', 'summitfix.rereading.rows', 'summitfix.words', 'rich', 'ftfy'} & {*sys.modules}\n"
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
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n',
        '@charset "{}";\n',
        "\\usepackage[{}]{{inputenc}}\n",
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


@pytest.mark.parametrize(("told", "text"), [("iso8859-2", "x = '×'"), ("koi8-r", "x = 'я'"), ("cp437", "╔")])
def test_a_declaration_is_honoured_where_nothing_else_makes_sense_of_a_byte(told: str, text: str) -> None:
    assert decode(f"# coding: {told}\n{text}\n".encode(told)).text.endswith(text + "\n")


def test_ebcdic_has_its_own_space() -> None:
    text = "Hello world, the café opens at seven.\n"
    assert decode(text.encode("cp037")).text == text
    assert decode(b"nd\xe2\x80o\n").encoding == "utf-8"


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


MIXED = [
    # in turn, the language and codec of each line
    [("fr", "utf-8")] * 3 + [("fr", "cp1252"), ("ru", "cp1251"), ("fr", "utf-8"), ("ru", "cp1251")],
    [("ru", "utf-8")] * 3 + [("ru", "koi8_r"), ("ru", "cp1251"), ("ru", "koi8_r")],
    [("de", "utf-8")] * 4 + [("ja", "euc_jp"), ("pl", "cp1250"), ("el", "cp1253"), ("ko", "cp949")],
    [("ru", "cp1251")] * 3 + [("ru", "koi8_r")] * 2,
    [("fr", "cp1252")] * 3 + [("ru", "cp1251")] * 2,
    [("ja", "cp932")] * 3 + [("ja", "euc_jp")] * 2,
    [("ru", "cp1251")] * 3 + [("ru", "utf-8")],
    [("fr", "cp1252")] * 3 + [("fr", "utf-8")],
    [("ja", "euc_jp"), ("ru", "koi8_r"), ("pl", "iso8859_2"), ("tr", "iso8859_9")] * 3,
]


@pytest.mark.parametrize("rows", MIXED)
def test_lines_in_several_codecs_are_each_read_in_theirs(rows: list[tuple[str, str]]) -> None:
    lines = [SENTENCES[language][number % 3].translate(PLAIN) for number, (language, _) in enumerate(rows)]
    for end in ("\n", "\r\n"):
        data = b"".join((line + end).encode(codec) for line, (_, codec) in zip(lines, rows, strict=True))
        found = decode(data)
        assert found.text == "".join(line + end for line in lines)
        assert "but for lines in another codec" in found.evidence


def test_lines_of_other_codecs_are_counted_and_placed() -> None:
    lines = [SENTENCES["fr"][0].encode()] * 4 + [SENTENCES["ru"][0].encode("koi8_r"), SENTENCES["fr"][1].encode("cp1252")]
    evidence = decode(b"\n".join(lines)).evidence
    assert evidence.startswith("UTF-8, but for lines in another codec: ")
    assert "1 in koi8_r (the first is line 5)" in evidence
    assert "1 in cp1252 (the first is line 6)" in evidence


@pytest.mark.parametrize(
    ("languages", "codec"),
    [
        (("fr", "de", "es", "pt", "is", "da", "fi"), "cp1252"),
        (("pl", "cs", "hu", "hr", "ro"), "cp1250"),
        (("ru", "bg", "uk", "mk", "sr", "be"), "cp1251"),
        (("lt", "lv", "et"), "cp1257"),
        (("en", "el"), "cp1253"),
        (("en", "ja"), "cp932"),
        (("ru", "en"), "koi8_r"),
        (("fr", "de", "sv"), "cp850"),
    ],
)
def test_lines_in_several_languages_are_not_in_several_codecs(languages: tuple[str, ...], codec: str) -> None:
    text = "\n".join(SENTENCES[language][number].translate(PLAIN) for number in range(3) for language in languages)
    found = decode(text.encode(codec))
    assert found.text == text
    assert "but for lines" not in found.evidence


def test_lines_with_what_is_no_text_are_not_in_several_codecs() -> None:
    text = "\n".join(
        [*SENTENCES["fr"][:2], "àâçéèêëîïôùûü", "é è ê ë à â", "ÀÂÇÉÈÊËÎÏÔÙÛÜ", "[a-zàâäéèêëîïôöùûüç]", "oôöø Ç§ º°»", "ÉÉÉ ÀÀ", SENTENCES["fr"][0]]
    ).translate(PLAIN)
    found = decode(text.encode("cp1252"))
    assert (found.text, found.encoding) == (text, "cp1252")


def test_what_was_lost_before_is_no_line_of_utf_8() -> None:
    text = "\n".join([*[SENTENCES["pl"][number] for number in (0, 1, 2)], "Znak ďż˝ zgubiono dawno."]).translate(PLAIN)
    assert decode(text.encode("cp1250")).text == text


def test_kindred_codecs_are_not_told_apart_line_by_line() -> None:
    damaged = SENTENCES["cs"][1].encode("iso8859_2").decode("cp1250")
    text = "\n".join([SENTENCES["cs"][0], damaged, SENTENCES["cs"][2]]).translate(PLAIN)
    found = decode(text.encode("cp1250"))
    assert "but for lines" not in found.evidence


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain \xff text", "plain \udcff text"),
        (b"a\xffb", "a\udcffb"),
        (b"\xff", "\udcff"),
        (b"\xff\xff\xff", "\udcff\udcff\udcff"),
        (b"x = 1\n\xff\ny = 2\n", "x = 1\n\udcff\ny = 2\n"),
        (b"x = 1\n\xe9\ny = 2\n", "x = 1\n\udce9\ny = 2\n"),
        (b"The word sto\x81od there.", "The word sto\udc81od there."),
        (b"key=\x9a\xfe\x01\xd1\xf8q; next", "key=\udc9a\udcfe\x01\udcd1\udcf8q; next"),
        (b"\xfe\xfd\xfc\xfb\xfa", "\udcfe\udcfd\udcfc\udcfb\udcfa"),
        (b"id \xf7\x8e\x01\x02 end", "id \udcf7\udc8e\x01\x02 end"),
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


def test_random_bytes_are_no_text_and_cost_no_more_than_they_are_long() -> None:
    pick = random.Random(5)
    for letters in (range(256), range(128, 256), [10, *range(32, 256)]):
        data = bytes(pick.choices(letters, k=100_000))
        found = decode(data)
        assert (found.encoding, found.text.encode("utf-8", "surrogateescape")) == ("utf-8", data)
        assert "stray" in found.evidence
        assert growth(lambda size, data=data: decode(data[:size]), 12_500, 8) < 14


@settings(max_examples=300)
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
    if "but for lines" in found.evidence:
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


@pytest.mark.parametrize(("text", "codec", "other"), [("十時〜十一時に開きます。", "cp932", "～")])
def test_a_tie_is_said(text: str, codec: str, other: str) -> None:
    evidence = decode(text.encode(codec)).evidence
    assert "nearly a tie" in evidence
    assert other in evidence


@pytest.mark.parametrize("name", sorted(CODECS))
def test_every_codec_that_may_be_found_is_registered_and_keeps_ascii(name: str) -> None:
    assert bytes(range(0x20, 0x7F)).decode(name) == bytes(range(0x20, 0x7F)).decode("ascii")
    assert codecs.getincrementaldecoder(name)("surrogateescape").decode(b"plain") == "plain"


def test_every_codec_that_is_repaired_may_be_found() -> None:
    python = {**EIGHT_BIT, **MULTI_BYTE, **{name: name for name in OWN}, "gbk": "gb18030", "latin-1": "cp1252"}
    assert {python[name] for name in MEANT} <= set(CODECS)


@pytest.mark.parametrize(("language", "codec"), [("ru", "cp1251"), ("ja", "cp932"), ("fr", "cp1252")])
def test_a_large_file_is_sampled(language: str, codec: str) -> None:
    """Ten times the text costs about what one time costs: reading it, not weighing it."""
    paragraph = PARAGRAPHS[language].translate(PLAIN).encode(codec)
    decode(paragraph)
    assert growth(lambda times: decode(paragraph * times), 100, 10) < 4


def test_what_is_decoded_can_be_repaired() -> None:
    text = SENTENCES["fr"][0]
    found = decode(text.encode().decode("latin-1").encode("cp1252", "replace"))
    assert summitfix.fix(found.text) == text


@pytest.mark.parametrize("lines", ["Der Fähre f?hrt\nЯ{}о?х??ит", "П?ом{}", "Der Fähre\n{}"])
def test_stray_bytes_in_a_line_that_only_utf_8_explains_stay(lines: str) -> None:
    data = lines.format("\udc80 ").encode("utf-8", "surrogateescape")
    assert decode(data)[:2] == (data.decode("utf-8", "surrogateescape"), "utf-8")


@pytest.mark.parametrize(
    "line",
    [
        b"Le caf\xe9 est ferm\xe9, mais le th\xc3\xa9 est d\xc3\xa9j\xc3\xa0 l\xc3\xa0.\n",
        b"The ferry hasn\xe2\x80\x99t left; bring \xe2\x80\x9cbread\xe2\x80\x9d and a coat\x80\n",
    ],
)
def test_a_line_that_is_nearly_all_utf_8_is_utf_8(line: bytes) -> None:
    """Single bytes of another codec within it stay what they are; a Vietnamese or Balkan codec that explains them too would garble all the rest."""
    found = decode(line)
    assert found.encoding == "utf-8" and found.text == line.decode("utf-8", "surrogateescape")


def test_chance_sequences_do_not_make_a_legacy_line_utf_8() -> None:
    """Polish in ISO-8859-2 and Chinese in GBK hold bytes that are valid UTF-8 here and there."""
    for text, codec in (("Zażółć gęślą jaźń, a potem wróć do domu przed nocą.", "iso8859_2"), ("昨天晚上我们在图书馆看了一个很大的地图展览。", "gbk")):
        assert decode(text.encode(codec)).text == text
