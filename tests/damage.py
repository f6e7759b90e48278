"""Damage as the world does it, and worse: text in many languages, misread, cut, worn and spammed, and bytes that are no text at all.

All is made of a `random.Random`, so that a million examples take minutes (hypothesis needs longer to make one up than the repair takes), and so that
hypothesis, which has such a thing too, can still make few examples small. `text` and `files` are what the promises of `promises.py` are kept under.
"""

from __future__ import annotations

import codecs
import json
import math
import struct
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

from ftfy.fixes import decode_inconsistent_utf8
from sentences import SENTENCES

from summitfix.words import table

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


def often(pick: Random, *chances: int) -> int:
    """A number below that of `chances`, each as often as it says."""
    return pick.choices(range(len(chances)), chances)[0]


def some(pick: Random, make: Callable[[], Any], most: int, least: int = 0) -> list[Any]:
    """A few of what `make` makes."""
    return [make() for _ in range(pick.randint(least, most))]


PLANES = ((0x00, 0x7F), (0x80, 0x24F), (0x250, 0x2FFF), (0x3000, 0xD7FF), (0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))


def character(pick: Random) -> str:
    """Any code point, surrogates too; the first ones are the likeliest."""
    return chr(pick.randint(*pick.choices(PLANES, (8, 4, 2, 1, 1, 1, 1))[0]))


def scalars(pick: Random, most: int) -> str:
    """A few characters of any kind that UTF-8 can hold."""
    return "".join(some(pick, lambda: character(pick), most)).encode("utf-8", "ignore").decode()


def stray(pick: Random, most: int = 80) -> bytes:
    """Bytes of any value."""
    return bytes(some(pick, lambda: pick.randint(0, 255), most))


@cache
def _words(language: str) -> tuple[str, ...]:
    """The words of the sentences of a language, and those of the list that the package has of it."""
    return tuple(sorted({word for sentence in SENTENCES[language] for word in sentence.split(" ")}))


@cache
def _listed(language: str) -> tuple[str, ...]:
    return tuple(table(language)) or _words(language)


def clean(pick: Random, languages: Sequence[str] = (*SENTENCES,)) -> str:
    """A sentence of one of the languages, or words of it put together anew, or those of its list."""
    language = pick.choice(languages)
    kind = often(pick, 1, 3, 3)
    if not kind:
        return pick.choice(SENTENCES[language])
    words = (_words if kind == 1 else _listed)(language)
    return " ".join(some(pick, lambda: pick.choice(words), pick.choice((2, 4, 8)), 1))


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _straightened(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "...", 0xA0: " "})


def _stripped(text: str) -> str:
    return "".join(char for char in text if not "\x80" <= char <= "\x9f")


WEAR = (str.upper, str.lower, _normalized, _straightened, _stripped, decode_inconsistent_utf8, str.rstrip, str.title)
"""What programs do to text on its way, damaged or not."""


def damaged(pick: Random, line: str) -> str:
    """`line` after up to three accidents, each of a part of it."""
    for _ in range(pick.randint(0, 3)):
        start = pick.choice((0, pick.randint(0, len(line))))
        end = pick.choice((len(line), pick.randint(start, len(line))))
        part, kind = line[start:end], pick.randint(0, 7)
        if kind < 4:
            lost, unread = pick.choice((("replace", "holes"), ("replace", "replace"), ("ignore", "ignore"), ("xmlcharrefreplace", "holes")))
            part = misread(part, pick.choice(MEANT), pick.choice(READ), lost, unread)
        elif kind == 4:
            part = pick.choice(WEAR)(part)
        elif kind == 5:
            part = pick.choice(("", "?", "\ufffd", "・", " ", *ODD))
        elif kind == 6:
            part += pick.choice(("", " ", "\n")) + pick.choice(SPAM) + pick.choice(("", " ", "\n"))
        else:
            part *= pick.choice((0, 2, 3, 4 if len(part) > 20 and pick.randint(0, 9) else 40))
        line = line[:start] + part + line[end:]
    return line.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # halves that met are one character


def text(pick: Random, lines: Sequence[int] = (8, 3, 1, 1)) -> str:
    """Lines in up to two languages, some damaged, with line ends of all kinds and now and then what stands in no text; one line is as often as `lines` says."""
    languages = some(pick, lambda: pick.choice((*SENTENCES,)), 2, 1)
    written = []
    for _ in range(1 + often(pick, *lines)):
        line = damaged(pick, clean(pick, languages))
        if not pick.randint(0, 9):
            at = pick.randint(0, len(line))
            line = line[:at] + pick.choice((pick.choice(ODD), character(pick))) + line[at:]
        written += line, pick.choice(ENDS)
    return pick.choice(("", "", "", "\ufeff")) + "".join(written[: pick.choice((-1, len(written)))])


def misread_lines(pick: Random) -> list[str]:
    """Whole sentences of one language, some of them UTF-8 that was read as another codec, each in the same one."""
    sentences, read = SENTENCES[pick.choice((*SENTENCES,))], pick.choice(("latin-1", "cp1252", "cp1251", "mac-roman"))
    return [misread(line, "utf-8", read) if pick.randint(0, 1) else line for line in pick.sample(sentences, len(sentences))]


FILES = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "iso2022_jp", "iso2022_kr", "hz", *MEANT)


def files(pick: Random) -> bytes:
    """The bytes of `text` in a codec, with or without its mark, perhaps with stray bytes, or cut off in the middle of a character."""
    codec = pick.choice(FILES)
    data = text(pick).encode(codec, "ignore" if codec != "utf-8" else "surrogatepass")
    for _ in range(pick.choice((0, 0, 1, 2))):
        at = pick.randint(0, len(data))
        data = data[:at] + (pick.choice(STRAY) if pick.randint(0, 1) else stray(pick, 4)) + data[at:]
    return data[: len(data) - pick.choice((0, 0, 0, 1, 2))]


def data(pick: Random) -> bytes:
    """Mostly `files`, else any bytes."""
    return files(pick) if pick.randint(0, 4) else stray(pick)


def number(pick: Random) -> float:
    """Any number there is, and such as are none."""
    found: float = struct.unpack("d", pick.getrandbits(64).to_bytes(8, "little"))[0]
    return pick.choice((0.0, -0.0, math.inf, math.nan, 1.5, found))


def json_lines(pick: Random) -> bytes:
    """Objects with damaged strings, one a line, written in either way; some lines are none, or cut off."""
    lines = []
    for _ in range(pick.randint(1, 3)):
        value = {"text": damaged(pick, clean(pick)), "more": [{"b": damaged(pick, clean(pick))}, number(pick), None], "b": scalars(pick, 4)}
        line = json.dumps(value, ensure_ascii=pick.choice((True, False)), indent=pick.choice((None, None, 1)))
        lines.append(line[: pick.choice((None, None, None, -1, 5))])
    return "\n".join(lines).encode("utf-8", "surrogatepass")


KEYS = ("select", "ignore", "exclude", "keep", "encoding", "language", "boilerplate", "spam-file", "max-walk-size", "per-file-ignores", "selct", "")
VALUES = (
    *('["mojibake"]', '["glyphs", "spm"]', "[]", '"cp1252"', '"utf-99"', '"idna"', '"a\\u0000b"', "true", "0", "-1", "1e400", "nan", "1979-05-27"),
    *("{}", '{"*.po" = ["spam"]}'),
)
PATTERNS = ("*.po", "docs/**", "!keep", "/", "**", "[a-", "[!]]", "a\\ ", "\\", "a**b/[[:alpha:]]?", "#x", " ", "{a,b}", "***/../x", "\x00", "é")


def worn(pick: Random, written: str) -> str:
    """`written`, mostly as it is, else with a few characters gone or put in."""
    for _ in range(pick.choice((0, 0, 0, 1, 3))):
        at = pick.randint(0, len(written))
        put = pick.choice(("", "", *"[]{}=,.#'\"\n\\", scalars(pick, 1)))
        written = written[:at] + put + written[at + pick.randint(0, 3) :]
    return written


def configurations(pick: Random) -> str:
    """Tables of ours and of others, with keys that are right and wrong, of right and of wrong values."""
    lines = [pick.choice(("", "[tool.summitfix]", "[tool.summitfix]", "[tool]", "[[tool.summitfix]]", "[project]\nname = 'summitfix'"))]
    for key in some(pick, lambda: pick.choice((*KEYS, scalars(pick, 5))), 4):
        shown = key if key.replace("-", "").isalpha() and key.isascii() else json.dumps(key)
        listed = json.dumps(some(pick, lambda: pick.choice((*PATTERNS, scalars(pick, 5))), 3))
        lines.append(
            pick.choice((f"{shown} = ", f"tool.summitfix.{shown} = ", f"[tool.summitfix.{shown}]\n'a*' = ")) + pick.choice((pick.choice(VALUES), listed))
        )
    return worn(pick, "\n".join(lines))


PHRASES = ("kites", "en", "silver kite outlet, kiteshop prime", "a silver kite | kite", "릴게임몰메가", ".*", "(?i)a", "!", "")
HEADERS = ("[[family]]", "[[family]]", "[[furniture]]", "[mentions]", "[[stops]]", "[family]")
CELLS = ("name", "language", "strong", "weak", "lure", "hits", "misses", "note", "edges", "lines", "words", "strength")


def spam_rows(pick: Random) -> str:
    """A file of spam rows, with phrases that are phrases and ones that are not."""
    lines = []
    for header in some(pick, lambda: pick.choice(HEADERS), 2):
        lines.append(header)
        known = {"name": "kites", "language": "en"} if header == "[[family]]" and pick.randint(0, 1) else {}
        for key in some(pick, lambda: pick.choice(CELLS), 4):
            known[key] = pick.choice((*PHRASES, scalars(pick, 6)))
        lines += (f"{key} = {json.dumps(value, ensure_ascii=False) if pick.randint(0, 9) else 'true'}" for key, value in known.items())
    return worn(pick, "\n".join(lines))


MARKERS = ("ignore", "ignore-file", "off", "on", "ignore[spam]", "ignore[glyphs, mojibake]", "ignore[", "ignore[]", "offline", "ignore[mojibake]x")


def marked(pick: Random) -> str:
    """Text with markers, right and wrong ones, at any place."""
    between = (*ENDS, "un cafÃ©", "isn?t", " ", "# ")
    return "".join(some(pick, lambda: f"summitfix: {pick.choice(MARKERS)}" if pick.randint(0, 1) else pick.choice(between), 12))


def records(pick: Random) -> str:
    """What `--format json` prints, and what looks like it."""
    lines = []
    for _ in range(pick.randint(0, 3)):
        keys = pick.sample(("path", "before", "after", "line"), pick.randint(2, 4))
        lines.append(json.dumps({key: pick.choice(("a.txt", "./a.txt", "é", "", 1, None, [], {}, scalars(pick, 4))) for key in keys}))
    return worn(pick, "\n".join(lines))


def _key(pick: Random) -> str:
    return pick.choice(("text", "more", "b", "more.b", "a", scalars(pick, 2)))


def _value(pick: Random, depth: int = 3) -> Any:
    """Any value that JSON can hold."""
    kind = pick.randint(0, 7) if depth else pick.randint(0, 4)
    if kind < 5:
        return pick.choice((None, True, False, pick.randint(-9, 1 << 70), number(pick), scalars(pick, 4), "un cafÃ© trÃ¨s serrÃ©", "isn?t"))
    if kind == 5:
        return some(pick, lambda: _value(pick, depth - 1), 3)
    return {_key(pick): _value(pick, depth - 1) for _ in range(pick.randint(0, 3))}


def objects(pick: Random) -> str:
    """Lines of JSON of any shape, and such as are none."""
    lines = some(pick, lambda: worn(pick, json.dumps(_value(pick), ensure_ascii=pick.choice((True, False)))), 2, 1)
    return pick.choice(("", "", "\ufeff", " ")) + "\n".join(lines)
