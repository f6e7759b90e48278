"""Damage as the world does it, and worse, for hypothesis: text in many languages, misread, cut, worn and spammed, and bytes that are no text at all.

`text` and `files` are the strategies that the promises of `promises.py` are kept under; whatever they make shrinks to little.
"""

from __future__ import annotations

import codecs
import json
import unicodedata

from ftfy.fixes import decode_inconsistent_utf8
from hypothesis import strategies as st
from sentences import SENTENCES

MEANT = (
    *("utf-8", "utf-8", "utf-8", "cp949", "gb18030", "gbk", "big5hkscs", "cp950", "cp932", "euc_jp", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254"),
    *("cp1255", "cp1256", "cp1257", "cp1258", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-13", "iso8859-15", "koi8-r", "koi8-u"),
    *("cp866", "cp855", "cp852", "cp850", "cp437", "cp874", "mac-roman", "mac-cyrillic", "mac-latin2"),
)
READ = (
    *("latin-1", "cp1252", "latin-1", "cp1252", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "mac-roman", "cp437", "cp850"),
    *("cp852", "cp866", "koi8-r", "gbk", "cp949", "cp932", "big5", "euc_jp"),
)
"""The codecs that text is meant in and that it is read in; the commonest stand more than once."""

SPAM = (
    "릴게임몰메가",
    "바다이야기슬롯",
    "온라인카지노",
    "北京赛车pk10",
    "casino online bonus",
    "купить виагру",
    "situs judi slot",
    "ซื้อหวยออนไลน์",
    "BUY CHEAP ESSAYS",
)

ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\n\r")

ODD = (
    *("\ufeff", "\ufffe", "\uffff", "\x00", "\x1b[31m", "\x1b$B", "\x7f", "\xad", "\u200b", "\u200d", "\u202e", "\u2066", "\u0301", "\u0301" * 20),
    *(
        "\ud800",
        "\udfff",
        "\udc80",
        "\udcff",
        "\ud83d",
        "\udd1e",
        "\ue000",
        "\uf8ff",
        "\U000f0000",
        "\u0378",
        "\u0557",
        "\U0001fbff",
        "\U0010ffff",
        "\U000e0041",
    ),
    *("\ufffd", "?", "??", "\x13", "\x14", "\x19", "\x1c", "\x80", "\x9d", "\u3000", "\xa0", "&#226;&#128;&#153;", "&eacute;", "=E2=80=99", "u2019", "\\u00e9"),
)
"""What stands in no good text, or rarely: marks, surrogates, private-use and unassigned code points, controls, what is left of letters."""

STRAY = (b"\x80", b"\xff", b"\xfe", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def _holes(error: UnicodeError) -> tuple[str, int]:
    """What programs make of bytes that their codec lacks: the characters of the same number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("holes", _holes)


def misread(text: str, meant: str, read: str, lost: str = "replace", unread: str = "holes") -> str:
    """`text` as it looks when its bytes in one codec were read as another; the last two say what becomes of what these lack."""
    return text.encode(meant, lost).decode(read, unread)


@st.composite
def clean(draw: st.DrawFn, languages: tuple[str, ...] = (*SENTENCES,)) -> str:
    """A sentence of one of the languages, or words of several put together anew."""
    sentences = SENTENCES[draw(st.sampled_from(languages))]
    if draw(st.booleans()):
        return draw(st.sampled_from(sentences))
    words = sorted({word for sentence in sentences for word in sentence.split(" ")})
    return " ".join(draw(st.lists(st.sampled_from(words), min_size=1, max_size=8)))


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _straightened(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "...", 0xA0: " "})


def _stripped(text: str) -> str:
    return "".join(char for char in text if not "\x80" <= char <= "\x9f")


WEAR = (str.upper, str.lower, _normalized, _straightened, _stripped, decode_inconsistent_utf8, str.rstrip, str.title)
"""What programs do to text on its way, damaged or not."""


@st.composite
def damaged(draw: st.DrawFn, line: str) -> str:
    """`line` after up to three accidents, each of a part of it."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(line)))
        end = draw(st.one_of(st.just(len(line)), st.integers(start, len(line))))
        start = draw(st.sampled_from((0, start)))
        part, kind = line[start:end], draw(st.integers(0, 7))
        if kind < 4:
            lost, unread = draw(st.sampled_from((("replace", "holes"), ("replace", "replace"), ("ignore", "ignore"), ("xmlcharrefreplace", "holes"))))
            part = misread(part, draw(st.sampled_from(MEANT)), draw(st.sampled_from(READ)), lost, unread)
        elif kind == 4:
            part = draw(st.sampled_from(WEAR))(part)
        elif kind == 5:
            part = draw(st.sampled_from(("", "?", "\ufffd", "・", " ", *ODD)))
        elif kind == 6:
            part += draw(st.sampled_from(("", " ", "\n"))) + draw(st.sampled_from(SPAM)) + draw(st.sampled_from(("", " ", "\n")))
        else:
            part = part * draw(st.sampled_from((0, 2, 3, 40)))
        line = line[:start] + part + line[end:]
    return line.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # halves that met are one character


@st.composite
def text(draw: st.DrawFn, lines: int = 4) -> str:
    """Lines in up to two languages, some damaged, with line ends of all kinds and now and then what stands in no text."""
    languages = tuple(draw(st.lists(st.sampled_from((*SENTENCES,)), min_size=1, max_size=2)))
    written = []
    for _ in range(draw(st.integers(1, lines))):
        line = draw(damaged(draw(clean(languages))))
        if draw(st.integers(0, 9)) == 9:
            at = draw(st.integers(0, len(line)))
            line = line[:at] + draw(st.one_of(st.sampled_from(ODD), st.characters())) + line[at:]
        written += line, draw(st.sampled_from(ENDS))
    return draw(st.sampled_from(("", "", "", "\ufeff"))) + "".join(written[: draw(st.sampled_from((-1, len(written))))])


@st.composite
def misread_lines(draw: st.DrawFn) -> list[str]:
    """Whole sentences of one language, some of them UTF-8 that was read as another codec, each in the same one."""
    sentences, read = SENTENCES[draw(st.sampled_from((*SENTENCES,)))], draw(st.sampled_from(("latin-1", "cp1252", "cp1251", "mac-roman")))
    return [misread(line, "utf-8", read) if draw(st.booleans()) else line for line in draw(st.permutations(sentences))]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of `text` in a codec, with or without its mark, perhaps with stray bytes, or cut off in the middle of a character."""
    codec = draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "iso2022_jp", "iso2022_kr", "hz", *MEANT)))
    data = draw(text()).encode(codec, "ignore" if codec != "utf-8" else "surrogatepass")
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.one_of(st.sampled_from(STRAY), st.binary(min_size=1, max_size=4))) + data[at:]
    return data[: len(data) - draw(st.sampled_from((0, 0, 0, 1, 2)))]


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """Objects with damaged strings, one a line, written in either way; some lines are none, or cut off."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        value = {"text": draw(damaged(draw(clean()))), "more": [{"b": draw(damaged(draw(clean())))}, draw(st.floats()), None], "b": draw(st.text(max_size=4))}
        line = json.dumps(value, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from((None, None, 1))))
        lines.append(line[: draw(st.sampled_from((None, None, None, -1, 5)))])
    return "\n".join(lines).encode("utf-8", "surrogatepass")


KEYS = ("select", "ignore", "exclude", "keep", "encoding", "language", "boilerplate", "spam-file", "max-walk-size", "per-file-ignores", "selct", "")
VALUES = (
    *('["mojibake"]', '["glyphs", "spm"]', "[]", '"cp1252"', '"utf-99"', '"idna"', '"a\\u0000b"', "true", "0", "-1", "1e400", "nan", "1979-05-27"),
    *("{}", '{"*.po" = ["spam"]}'),
)
PATTERNS = ("*.po", "docs/**", "!keep", "/", "**", "[a-", "[!]]", "a\\ ", "\\", "a**b/[[:alpha:]]?", "#x", " ", "{a,b}", "***/../x", "\x00", "é")


@st.composite
def worn(draw: st.DrawFn, written: str) -> str:
    """`written`, mostly as it is, else with a few characters gone or put in."""
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 3)))):
        at = draw(st.integers(0, len(written)))
        written = written[:at] + draw(st.sampled_from(("", "", *"[]{}=,.#'\"\n\\")) | st.characters(codec="utf-8")) + written[at + draw(st.integers(0, 3)) :]
    return written


@st.composite
def configurations(draw: st.DrawFn) -> str:
    """Tables of ours and of others, with keys that are right and wrong, of right and of wrong values."""
    values = st.sampled_from(VALUES) | st.lists(st.sampled_from(PATTERNS) | st.text(max_size=5), max_size=3).map(json.dumps)
    lines = [draw(st.sampled_from(("", "[tool.summitfix]", "[tool.summitfix]", "[tool]", "[[tool.summitfix]]", "[project]\nname = 'summitfix'")))]
    for key in draw(st.lists(st.sampled_from(KEYS) | st.text(max_size=5), max_size=4)):
        shown = key if key.replace("-", "").isalpha() and key.isascii() else json.dumps(key)
        lines.append(draw(st.sampled_from((f"{shown} = ", f"tool.summitfix.{shown} = ", f"[tool.summitfix.{shown}]\n'a*' = "))) + draw(values))
    return draw(worn("\n".join(lines)))


@st.composite
def spam_rows(draw: st.DrawFn) -> str:
    """A file of spam rows, with phrases that are phrases and ones that are not."""
    phrases = ("kites", "en", "silver kite outlet, kiteshop prime", "a silver kite | kite", "릴게임몰메가", ".*", "(?i)a", "!", "")
    cells = st.sampled_from(phrases) | st.text(max_size=6)
    lines = []
    for header in draw(st.lists(st.sampled_from(("[[family]]", "[[family]]", "[[furniture]]", "[mentions]", "[[stops]]", "[family]")), max_size=2)):
        lines.append(header)
        keys = st.sampled_from(("name", "language", "strong", "weak", "lure", "hits", "misses", "note", "edges", "lines", "words", "strength"))
        known = {"name": "kites", "language": "en"} if header == "[[family]]" and draw(st.booleans()) else {}
        for key in draw(st.lists(keys, max_size=4)):
            known[key] = draw(cells)
        lines += (f"{key} = {json.dumps(value, ensure_ascii=False) if draw(st.integers(0, 9)) else 'true'}" for key, value in known.items())
    return draw(worn("\n".join(lines)))


@st.composite
def marked(draw: st.DrawFn) -> str:
    """Text with markers, right and wrong ones, at any place."""
    pieces = st.sampled_from(
        ("ignore", "ignore-file", "off", "on", "ignore[spam]", "ignore[glyphs, mojibake]", "ignore[", "ignore[]", "offline", "ignore[mojibake]x")
    ).map("summitfix: ".__add__)
    return "".join(draw(st.lists(pieces | st.sampled_from((*ENDS, "un cafÃ©", "isn?t", " ", "# ")), max_size=12)))


@st.composite
def records(draw: st.DrawFn) -> str:
    """What `--format json` prints, and what looks like it."""
    values = st.sampled_from(("a.txt", "./a.txt", "é", "", 1, None, [], {})) | st.text(max_size=4)
    keys = st.lists(st.sampled_from(("path", "before", "after", "line")), min_size=2, max_size=4, unique=True)
    return draw(worn("\n".join(json.dumps({key: draw(values) for key in draw(keys)}) for _ in range(draw(st.integers(0, 3))))))


@st.composite
def objects(draw: st.DrawFn) -> str:
    """Lines of JSON of any shape, and such as are none."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(("un cafÃ© trÃ¨s serrÃ©", "isn?t"))
    keys = st.sampled_from(("text", "more", "b", "more.b", "a")) | st.text(max_size=2)
    tree = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8)
    values = st.dictionaries(keys, tree, max_size=3) | tree
    lines = (draw(worn(json.dumps(draw(values), ensure_ascii=draw(st.booleans())))) for _ in range(draw(st.integers(1, 2))))
    return draw(st.sampled_from(("", "", "\ufeff", " "))) + "\n".join(lines)
