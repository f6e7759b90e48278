"""The codecs that text really went through: tables, round trips, the bytes that Windows maps and Python does not, islands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import SENTENCES

from summitfix import codecs
from summitfix.codecs import EIGHT_BIT, ISLANDS, MULTI_BYTE, OWN, PRIVATE, SINGLES, decode, encode, repertoire, table

TABLES = (*EIGHT_BIT, *OWN)

HOLES = {
    # bytes that Python leaves undefined, Windows and browsers not
    "cp1250": (0x81, 0x83, 0x88, 0x90, 0x98),
    "cp1251": (0x98,),
    "cp1252": (0x81, 0x8D, 0x8F, 0x90, 0x9D),
    "cp1253": (0x81, 0x8D, 0x8F, 0x90, 0x9D),
    "cp1254": (0x81, 0x8D, 0x8F, 0x90, 0x9D),
    "cp1257": (0x81, 0x8C, 0x90, 0x9F),
    "cp1258": (0x81, 0x8D, 0x8F, 0x90, 0x9D),
}

WRITTEN = {
    # codec: languages whose sentences it can write
    "cp949": ("ko",),
    "gbk": ("zh-hans", "zh-hant"),
    "gb18030": ("zh-hans", "ja", "hi", "vi"),
    "big5": ("zh-hant",),
    "big5-hkscs": ("zh-hant",),
    "cp932": ("ja",),
    "euc-jp": ("ja",),
    "utf-8": tuple(SENTENCES),
    "cp1250": ("cs", "hr", "hu", "pl", "sk", "sl", "de"),
    "cp1251": ("be", "bg", "mk", "ru", "sr", "uk"),
    "cp1252": ("da", "de", "en", "es", "fi", "fr", "is", "it", "nb", "nl", "pt", "sv"),
    "cp1253": ("el",),
    "cp1254": ("tr", "de"),
    "cp1255": ("he",),
    "cp1256": ("ar",),
    "cp1257": ("et", "lt", "lv"),
    "cp874": ("th",),
    "iso-8859-2": ("cs", "hu", "pl"),
    "iso-8859-5": ("bg", "mk", "ru", "sr"),
    "iso-8859-7": ("el",),
    "iso-8859-9": ("tr",),
    "iso-8859-13": ("et", "lt", "lv"),
    "iso-8859-15": ("de", "fi"),
    "koi8-r": ("ru",),
    "koi8-u": ("uk", "ru"),
    "cp866": ("ru", "bg"),
    "cp855": ("ru", "sr"),
    "cp852": ("cs", "pl", "hu"),
    "cp850": ("da", "de", "es"),
    "cp437": ("de", "es"),
    "mac-roman": ("de", "en", "fr"),
    "mac-cyrillic": ("ru", "uk"),
    "mac-centraleurope": ("cs", "pl", "lt"),
    "viscii": ("vi",),
    "tcvn3": ("vi",),
}
PAIRS = [(codec, language) for codec, languages in WRITTEN.items() for language in languages]


def writable(language: str, codec: str) -> str:
    """The sentences of a language, typographic marks put plainly, capitals small where the codec has no accented ones."""
    plain = "\n".join(SENTENCES[language]).translate(str.maketrans({"’": "'", "“": '"', "”": '"', "—": "-", "«": "<", "»": ">", "\u200c": ""}))
    return plain.lower() if codec == "tcvn3" else plain


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_256_different_characters_and_ascii_in_its_lower_half(name: str) -> None:
    assert len(table(name)) == 256
    assert table(name)[:128] == bytes(range(128)).decode("ascii")
    assert len(set(table(name))) == 256


@pytest.mark.parametrize("name", TABLES)
def test_every_byte_of_a_table_comes_back(name: str) -> None:
    data = bytes(range(256))
    assert decode(data, name) == table(name)
    assert encode(table(name), name) == data


@pytest.mark.parametrize("name", EIGHT_BIT)
def test_a_table_is_python_s_own_where_python_has_a_character(name: str) -> None:
    for byte in range(256):
        known = bytes([byte]).decode(EIGHT_BIT[name], "ignore")
        assert table(name)[byte] == (known or chr(byte))


@pytest.mark.parametrize(("name", "holes"), HOLES.items())
def test_the_holes_of_windows_code_pages_are_c1_controls(name: str, holes: tuple[int, ...]) -> None:
    for byte in holes:
        with pytest.raises(UnicodeDecodeError):
            bytes([byte]).decode(EIGHT_BIT[name])
        assert decode(bytes([byte]), name) == chr(byte)
        assert encode(chr(byte), name) == bytes([byte])


@pytest.mark.parametrize(("codec", "language"), PAIRS)
def test_sentences_go_there_and_back(codec: str, language: str) -> None:
    text = writable(language, codec)
    data = encode(text, codec)
    assert decode(data, codec) == text
    assert decode(data, codec, keep=True) == text


@pytest.mark.parametrize(("codec", "language"), [pair for pair in PAIRS if pair[0] not in OWN])
def test_the_bytes_are_those_of_python(codec: str, language: str) -> None:
    text = writable(language, codec)
    assert encode(text, codec) == text.encode({**EIGHT_BIT, **MULTI_BYTE}[codec])


@pytest.mark.parametrize(
    ("data", "codec", "text"),
    [
        (b"\x80 5", "gbk", "€ 5"),
        (b"\x80 \xb0\xa1", "gbk", "€ 啊"),
        (b"\xff", "gbk", "\uf8f5"),
        (b"\xff", "cp949", "\uf8f7"),
        (b"\xff", "big5", "\uf8f8"),
        (b"\x80", "cp949", "\x80"),
        (b"\x85\xa4\xa2", "euc-jp", "\x85あ"),
    ],
)
def test_single_bytes_that_windows_maps(data: bytes, codec: str, text: str) -> None:
    assert decode(data, codec) == text
    assert encode(text, codec) == data


def test_gb18030_writes_the_euro_sign_in_its_own_two_bytes() -> None:
    assert encode("€", "gb18030") == b"\xa2\xe3"
    assert decode(b"\xa2\xe3", "gb18030") == decode(b"\x80", "gb18030") == "€"


@pytest.mark.parametrize("name", SINGLES)
def test_the_single_bytes_of_a_row_are_those_that_python_rejects(name: str) -> None:
    for byte, char in SINGLES[name].items():
        with pytest.raises(UnicodeDecodeError):
            bytes([byte]).decode(MULTI_BYTE[name])
        assert decode(bytes([byte]), name) == char


@pytest.mark.parametrize(("name", "first", "last", "trails", "code"), PRIVATE)
def test_private_use_areas_come_back(name: str, first: int, last: int, trails: tuple[int, ...], code: int) -> None:
    corners = [(first, trails[0]), (first, trails[-1]), (last, trails[0]), (last, trails[len(trails) // 2])]
    for lead, trail in corners:
        data = bytes([lead, trail])
        try:
            known = data.decode(MULTI_BYTE[name])
        except UnicodeDecodeError:
            char = chr(code + (lead - first) * len(trails) + trails.index(trail))
            assert decode(data, name) == char
            assert encode(char, name) == data
        else:
            assert decode(data, name) == known


@pytest.mark.parametrize(
    ("data", "codec", "code"),
    [
        (b"\xaa\xa1", "gbk", 0xE000),
        (b"\xaf\xfe", "gbk", 0xE233),
        (b"\xf8\xa1", "gbk", 0xE234),
        (b"\xa1\x40", "gbk", 0xE4C6),
        (b"\xfa\x40", "big5", 0xE000),
        (b"\xfe\xfe", "big5", 0xE310),
        (b"\xc9\xa1", "cp949", 0xE000),
        (b"\xfe\xa1", "cp949", 0xE05E),
    ],
)
def test_private_use_areas_begin_and_end_where_windows_says(data: bytes, codec: str, code: int) -> None:
    assert decode(data, codec) == chr(code)
    assert encode(chr(code), codec) == data


@pytest.mark.parametrize(("syllables", "data"), [("똠방각하", b"\x8cc\xb9\xe6\xb0\xa2\xc7\xcf"), ("펲", b"\xbc\x84"), ("쌰", b"\xbd\xd8"), ("햏", b"\xc1c")])
def test_cp949_is_unified_hangul_code(syllables: str, data: bytes) -> None:
    assert decode(encode(syllables, "cp949"), "cp949") == syllables
    assert encode(syllables, "cp949") == syllables.encode("cp949")
    assert len(encode(syllables, "cp949")) == 2 * len(syllables)


def test_all_11172_syllables_are_in_cp949() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert decode(encode(syllables, "cp949"), "cp949") == syllables
    assert len(encode(syllables, "cp949")) == 2 * len(syllables) < len(syllables.encode("euc_kr"))


@pytest.mark.parametrize(
    ("data", "codec", "text"),
    [
        (b"\xb0\xa1\xff", "cp932", "ｰ｡\uf8f3"),
        (b"a\xe9b", "utf-8", "a\udce9b"),
        (b"caf\xc3", "utf-8", "caf\udcc3"),
        (b"\xbe\xc6\xb9", "cp949", "아\udcb9"),
        (b"\xc4\xe3\xba", "gbk", "你\udcba"),
        (b"\xa4\xa2\xa4", "euc-jp", "あ\udca4"),
        (b"\xa7A\xa6", "big5", "你\udca6"),
        (b"\xc4\xe3\x30", "gb18030", "你0"),
    ],
)
def test_keep_escapes_what_does_not_decode_and_only_that(data: bytes, codec: str, text: str) -> None:
    assert decode(data, codec, keep=True) == text


@pytest.mark.parametrize(("data", "codec"), [(b"caf\xc3", "utf-8"), (b"\xbe\xc6\xb9", "cp949"), (b"\xc4\xe3\xba", "gbk"), (b"\xa4\xa2\xa4", "euc-jp")])
def test_without_keep_such_bytes_raise(data: bytes, codec: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(data, codec)


@pytest.mark.parametrize("codec", MULTI_BYTE)
@given(data=st.binary(max_size=60))
def test_keep_never_raises_and_never_escapes_ascii(codec: str, data: bytes) -> None:
    text = decode(data, codec, keep=True)
    assert not re.search("[\udc00-\udc7f]", text)


@given(data=st.binary(max_size=60))
def test_what_keep_makes_of_utf_8_gives_the_bytes_back(data: bytes) -> None:
    if not re.search(rb"\xed[\xa0-\xbf]", data):
        assert decode(data, "utf-8", keep=True).encode("utf-8", "surrogateescape") == data


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_text_goes_through_utf_8_and_gb18030(text: str) -> None:
    assert decode(encode(text, "utf-8"), "utf-8") == text
    assert decode(encode(text, "gb18030"), "gb18030") == text


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "cp1251", "cp949", "gbk", "cp932", "euc-jp", "big5", "viscii"])
def test_a_character_that_the_codec_lacks_raises_and_says_where(codec: str) -> None:
    with pytest.raises(UnicodeEncodeError) as error:
        encode("ab\U0001f980c", codec)
    assert (error.value.start, error.value.object) == (2, "ab\U0001f980c")


@pytest.mark.parametrize("text", ["🦀", "a😀b", "🦀🦀 et 🐢", "naïve 𝒳"])
def test_cesu_8_is_read_as_the_characters_that_were_meant(text: str) -> None:
    units = text.encode("utf-16-be")
    halves = (units[i : i + 2].decode("utf-16-be", "surrogatepass") for i in range(0, len(units), 2))
    data = b"".join(half.encode("utf-8", "surrogatepass") for half in halves)
    assert data != text.encode("utf-8")
    assert decode(data, "utf-8") == text


def test_half_a_pair_of_cesu_8_is_no_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(b"a\xed\xa0\xbdb", "utf-8")
    assert decode(b"a\xed\xa0\xbdb", "utf-8", keep=True) == "a\udced\udca0\udcbdb"


@pytest.mark.parametrize("islands", ISLANDS)
@pytest.mark.parametrize("sentence", SENTENCES["ko"])
def test_islands_of_utf_8_give_the_bytes_back(sentence: str, islands: str) -> None:
    data = sentence.encode("cp949")
    read = decode(data, ISLANDS[islands])
    assert encode(read, islands) == data
    half = re.sub("[\xc2-\xdf][\x80-\xbf]", lambda match: encode(match[0], ISLANDS[islands]).decode("utf-8"), read)
    if islands.startswith("latin-1"):
        assert encode(half, islands) == data
        assert decode(encode(half, islands), "cp949") == sentence


def test_an_island_is_its_utf_8_and_any_other_character_its_byte() -> None:
    assert encode("¾ß¸¶Å¿¬", "latin-1-islands") == b"\xbe\xdf\xb8\xb6\xc5\xbf\xac"
    assert encode("Ÿ", "latin-1-islands") == b"\xc5\xb8"
    assert encode("Ÿ", "cp1252-islands") == b"\x9f"
    assert encode("\u033e", "latin-1-islands") == b"\xcc\xbe"


@pytest.mark.parametrize("name", TABLES)
def test_the_repertoire_finds_what_can_be_encoded(name: str) -> None:
    text = "abc " + table(name)[0xC0:] + "\U0001f980" + table(name)[0xA1:0xB0]
    runs = repertoire(name).findall(text)
    assert "".join(runs) == text.replace("\U0001f980", "")
    for run in runs:
        assert decode(encode(run, name), name) == run


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        table("cp000")


def test_all_names_are_known_to_the_rows() -> None:
    from summitfix.rereading.rows import MEANT, READ

    known = {*EIGHT_BIT, *OWN, *MULTI_BYTE, *ISLANDS}
    assert known >= {*MEANT, *READ}
    assert codecs.ISLANDS.keys() <= {*READ}
