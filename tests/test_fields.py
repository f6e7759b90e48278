"""JSON Lines: the chosen strings are repaired as documents of their own, and every other byte of a line stays."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from driver import glyphs, mojibake, spam
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

import summitfix
from summitfix import core, fields, files, outgoing
from summitfix.core import Change, Document, Pass, Reason, Repair, apply

PASSES: dict[str, Pass] = {"mojibake": mojibake, "spam": spam, "glyphs": glyphs}
"""The small and sure passes of the driver: UTF-8 read as cp1252 is read again, BUY NOW is cut, `n?t` is `n’t`, and `caf?` is perhaps `café`."""


def by(chain: Mapping[str, Pass], **options: Any) -> Callable[..., Repair]:
    """The repair by some passes."""
    return partial(core.repair, chain=chain, **options)


LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


def repaired(text: str, *names: str, chain: dict[str, Pass] = PASSES, encoding: str | None = None) -> str:
    """The lines repaired, all of which are objects."""
    result, bad = fields.repair(text, names, by(chain), encoding=encoding)
    assert not bad
    return result.after


# Any object, written in any way


def loaded(line: str) -> Any:
    """A line with objects as tuples of pairs, so that doubled keys stay, and numbers as they are spelled."""
    return json.loads(line, object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str)


def chosen(value: Any, names: set[str | None], mend: Callable[[str], str]) -> Any:
    """The value with every chosen string mended; None among the names says that it is chosen itself."""
    if isinstance(value, str):
        return joined(mend(value)) if None in names else joined(value)
    if isinstance(value, list):
        return [chosen(item, names, mend) for item in value]
    if not isinstance(value, tuple):
        return value
    pairs = []
    for key, item in value:
        inner: set[str | None] = {name[len(key) + 1 :] for name in names if name is not None and name.startswith(f"{key}.")}
        pairs.append((key, chosen(item, inner | ({None} if key in names else set()), mend)))
    return tuple(pairs)


def joined(text: str) -> str:
    """The two halves of a surrogate pair, which JSON cannot tell from the character, as that character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Number(str):
    """A number, or another word of JSON, as it is spelled."""


SCRAPS = [
    "a",
    " ",
    "BUY NOW ",
    "don?t",
    "caf?",
    "é",
    "Ã©",
    "â€™",
    "ð\xa0€€",
    "😀",
    "\\",
    '"',
    "/",
    "\n",
    "\t",
    "\x00",
    "\x14",
    "\x7f",
    "\u2028",
    "\ud83d",
    "\udc80",
    "한",
]
STRINGS = st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join)
KEYS = st.sampled_from(["text", "a", "b", "a.b", "", "t/x", 'q"', "é"])
NUMBERS = st.sampled_from(["0", "-0.0", "1.50E+2", "1e400", "9" * 5000, "NaN", "-Infinity", "true", "null"]).map(Number)
VALUES = st.recursive(
    st.one_of(STRINGS, NUMBERS), lambda inner: st.one_of(st.lists(inner, max_size=3), st.lists(st.tuples(KEYS, inner), max_size=4).map(tuple))
)
OBJECTS = st.lists(st.tuples(KEYS, VALUES), max_size=5).map(tuple)
NAMES = st.sets(st.sampled_from(["text", "a", "a.b", "b.a", "a.b.a", "", ".a", "t/x", 'q"', "é", "nowhere"]), min_size=1, max_size=3)
SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\n": "\\n", "\t": "\\t"}


@st.composite
def lines(draw: st.DrawFn) -> str:
    """An object as somebody may have written it: with escapes where they need not be, and spaces where they may be."""
    spaces = draw(st.sampled_from(["", " ", "\t", "  \r"]))
    escaping = draw(st.sampled_from(["all", "needed", "any"]))

    def literal(text: str) -> str:
        written = []
        for sign in text:
            must = sign < " " or sign in '"\\' or sign == "\ud83d"
            may = escaping == "any" and draw(st.booleans())
            if sign in SHORT and (must or may) and escaping != "all":
                written.append(SHORT[sign])
            elif must or may or (escaping == "all" and not sign.isascii()):
                written.append("".join(f"\\u{unit:04{draw(st.sampled_from('xX'))}}" for unit in units(sign)))
            else:
                written.append(sign)
        return '"' + "".join(written) + '"'

    def written(value: Any) -> str:
        if isinstance(value, Number):
            return value
        if isinstance(value, str):
            return literal(value)
        comma, colon = f"{spaces},{spaces}", f"{spaces}:{spaces}"
        if isinstance(value, list):
            return f"[{spaces}{comma.join(map(written, value))}{spaces}]"
        return f"{{{spaces}{comma.join(f'{literal(key)}{colon}{written(item)}' for key, item in value)}{spaces}}}"

    return spaces + written(draw(OBJECTS)) + spaces


def units(sign: str) -> list[int]:
    """The UTF-16 code units of a character."""
    data = sign.encode("utf-16-be", "surrogatepass")
    return [data[at] << 8 | data[at + 1] for at in range(0, len(data), 2)]


def mended(value: str) -> str:
    return core.repair(value, PASSES).after


@given(lines(), NAMES)
@settings(max_examples=300)
def test_only_chosen_strings_differ_and_they_are_what_they_would_be_alone(line: str, names: set[str]) -> None:
    assert chosen(loaded(repaired(line, *names)), set(), mended) == chosen(loaded(line), set(names), mended)


@given(lines(), NAMES)
@settings(max_examples=300)
def test_every_byte_outside_the_changed_literals_stays(line: str, names: set[str]) -> None:
    after = repaired(line, *names)
    assert LITERAL.split(after) == LITERAL.split(line)
    for old, new in zip(LITERAL.findall(line), LITERAL.findall(after), strict=True):
        assert old == new or json.loads(old) != json.loads(new)


@given(st.lists(st.one_of(lines(), st.sampled_from(["", "\r", "no object", "[1]"])), max_size=4), NAMES)
@settings(max_examples=300)
def test_the_repair_keeps_what_a_repair_promises(rows: list[str], names: set[str]) -> None:
    text = "\n".join(rows)
    result, _ = fields.repair(text, names, by(PASSES))
    assert result.before == text
    assert apply(text, result.changes) == result.after
    assert all(change.before != change.after and change.why for change in result.changes)
    assert all(first.end <= second.start for first, second in pairwise(result.changes))
    assert list(result.doubts) == sorted(result.doubts)
    assert all(text[doubt.start : doubt.end] == doubt.before for doubt in result.doubts)
    for stage in result.stages:
        text = apply(text, stage.changes)
    assert text == result.after


@given(st.lists(st.one_of(lines(), st.just("no object")), max_size=6), NAMES, st.integers(8, 200))
@settings(max_examples=200)
def test_blocks_give_what_the_whole_gives(rows: list[str], names: set[str], size: int) -> None:
    text = "\n".join(rows)
    data = text.encode("utf-8", "surrogateescape")
    after = b""
    for block in files.blocks(io.BytesIO(data), "utf-8", size, whole_lines=True):
        result, _ = fields.repair(block.text, names, by(PASSES))
        after += b"".join(new for _, new in outgoing.pieces(block, result))
    assert after == fields.repair(text, names, by(PASSES))[0].after.encode("utf-8", "surrogateescape")


# The passes of the package


DAMAGE = [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("cp1251", "latin-1"), ("cp949", "latin-1"), ("cp1250", "cp1252")]


def damaged() -> Iterator[str]:
    """Sentences of languages that were misread, where the codecs allow it."""
    for language in ("fr", "de", "ru", "ko", "pl", "cs", "uk"):
        for sentence in SENTENCES[language][:1]:
            for meant, read in DAMAGE:
                with suppress(UnicodeError):
                    if (misread := sentence.encode(meant).decode(read)) != sentence:
                        yield misread


DAMAGED = list(damaged())
CLEAN = [sentence for language in sorted(SENTENCES) for sentence in SENTENCES[language][:1]]


@pytest.mark.parametrize("ensure_ascii", [True, False])
@pytest.mark.parametrize("value", DAMAGED)
def test_a_value_is_repaired_as_the_library_repairs_it(value: str, ensure_ascii: bool) -> None:
    line = json.dumps({"id": 7, "text": value, "copy": value}, ensure_ascii=ensure_ascii)
    expected = json.dumps({"id": 7, "text": summitfix.fix(value), "copy": value}, ensure_ascii=ensure_ascii)
    assert summitfix.fix(value) != value
    assert repaired(line, "text", chain=summitfix.CHAIN) == expected
    assert repaired(expected, "text", chain=summitfix.CHAIN) == expected


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_clean_values_are_left_alone(ensure_ascii: bool) -> None:
    text = "".join(json.dumps({"text": sentence, "note": 'say "so"\n'}, ensure_ascii=ensure_ascii) + "\r\n" for sentence in CLEAN)
    result, bad = fields.repair(text, ["text", "note"], by(summitfix.CHAIN))
    assert (result.after, result.changes, bad) == (text, (), [])


def test_damage_in_other_fields_is_left_alone() -> None:
    line = json.dumps({"text": "All is well.", "raw": DAMAGED[0], "texts": DAMAGED[1], "text2": {"text": DAMAGED[2]}})
    assert repaired(line, "text", chain=summitfix.CHAIN) == line


def test_lost_quotation_marks_and_spam_are_repaired_within_a_value() -> None:
    line = json.dumps({"text": "She said she didn?t know, and they don?t either."})
    assert json.loads(repaired(line, "text", chain=summitfix.CHAIN))["text"] == summitfix.fix("She said she didn?t know, and they don?t either.")


# Which strings a name chooses


BAD, GOOD = "cafÃ©", "café"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        pytest.param(["text"], '{"text": "@"}', id="a key"),
        pytest.param(["a", "b"], '{"a": "@", "c": "#", "b": "@"}', id="two keys"),
        pytest.param(["text"], '{"text": "@", "text": "@", "text": 1}', id="a doubled key"),
        pytest.param(["text"], '{"te\\u0078t": "@"}', id="a key with escapes"),
        pytest.param(["t/x"], '{"t\\/x": "@"}', id="an escaped slash"),
        pytest.param(["a.b"], '{"a": {"b": "@", "c": "#"}, "b": "#"}', id="a path"),
        pytest.param(["a.b"], '{"a.b": "@", "a": {"b": "@"}}', id="a key with a dot"),
        pytest.param(["a.b.c"], '{"a": {"b.c": "@"}, "a.b": {"c": "@"}}', id="dots in some keys of a path"),
        pytest.param(["a.b"], '{"a": [{"b": "@"}, {"c": "#"}, {"b": ["@", 1, "@"]}, "#"]}', id="through arrays"),
        pytest.param(["a"], '{"a": ["@", ["@"], {"a": "#"}]}', id="an array of strings"),
        pytest.param(["a"], '{"a": {"a": "#", "b": "#"}}', id="an object is no string"),
        pytest.param(["a", "a.b"], '{"a": {"b": "@"}, "c": {"a": "#"}}', id="a key and a path through it"),
        pytest.param(["a", "a.b"], '{"a": "@", "b": "#"}', id="a path that leads nowhere"),
        pytest.param([""], '{"": "@", "a": {"": "#"}}', id="the empty key"),
        pytest.param(["a."], '{"a": {"": "@"}, "a.": "@"}', id="the empty key in an object"),
        pytest.param(["text"], '{"Text": "#", "text ": "#", "tex": "#", "sub": {"text": "#"}, "v": "text"}', id="other keys"),
        pytest.param(["text"], '{"a": "\\"text\\": \\"#\\"", "b": "{\\"text\\":", "c": "#"}', id="JSON in a string"),
    ],
)
def test_names_choose(names: list[str], line: str) -> None:
    before, after = line.replace("@", BAD).replace("#", BAD), line.replace("@", GOOD).replace("#", BAD)
    assert repaired(before, *names) == after


# How what is put there is written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(r'{"t": "caf\u00c3\u00a9"}', r'{"t": "caf\u00e9"}', id="escapes as before"),
        pytest.param(r'{"t": "cafÃ©"}', r'{"t": "café"}', id="characters as before"),
        pytest.param(r'{"t": "caf\u00c3\u00a9", "u": "é"}', r'{"t": "café", "u": "é"}', id="a line that holds both has no need of escapes"),
        pytest.param(r'{"t": "don?t", "u": "\u00e9"}', r'{"t": "don\u2019t", "u": "\u00e9"}', id="the line writes escapes"),
        pytest.param('{"t": "don?t"}\n{"u": "\\u00e9"}', '{"t": "don\\u2019t"}\n{"u": "\\u00e9"}', id="the other lines write escapes"),
        pytest.param('{"t": "don?t"}\n{"u": "é"}', '{"t": "don’t"}\n{"u": "é"}', id="the other lines write none"),
        pytest.param(r'{"t": "don?t"}', '{"t": "don’t"}', id="nobody knows"),
        pytest.param(r'{"t": "don?t \\u00e9"}', r'{"t": "don’t \\u00e9"}', id="an escaped backslash before u is none"),
        pytest.param(r'{"t": "don?t \u0022\u003c\u000a"}', r'{"t": "don’t \u0022\u003c\u000a"}', id="escapes of ASCII say nothing of the rest"),
        pytest.param(r'{"t": "\u00f0\u00a0\u20ac\u20ac"}', r'{"t": "\ud840\udc00"}', id="a surrogate pair"),
        pytest.param(r'{"t": "\ud83d\ude00 \u00C3\u00A9"}', r'{"t": "\ud83d\ude00 \u00e9"}', id="a surrogate pair that was there"),
        pytest.param(r'{"t": "\uDBFF\uDFFF don?t"}', r'{"t": "\uDBFF\uDFFF don\u2019t"}', id="a surrogate pair in capitals"),
        pytest.param(r'{"t": "\"BUY NOW \\ \/ \u000aBUY NOW\n"}', r'{"t": "\"\\ \/ \u000a"}', id="what was escaped otherwise"),
        pytest.param(r'{"t": "\ud83d don?t \ude00"}', r'{"t": "\ud83d don\u2019t \ude00"}', id="halves of a pair"),
        pytest.param(r'{"t": "\u0000\b\f\u007f don?t"}', r'{"t": "\u0000\b\f\u007f don’t"}', id="controls"),
    ],
)
def test_what_is_put_there_is_written_as_its_surroundings_are(before: str, after: str) -> None:
    assert repaired(before, "t") == after


def replacing(old: str, new: str) -> dict[str, Pass]:
    """A pass that puts one text for another."""

    def find(document: Document) -> Iterator[Change]:
        for match in re.finditer(re.escape(old), document.text):
            yield Change(match.start(), old, new, (Reason("test.rule", "because", 1.0),))

    return {"test": find}


@pytest.mark.parametrize("new", ['"', "\\", "\n", "\x00", "\x1f", "\\u0041", "\ud800", '"}, {"x": "', "\u2028", "\x7f"])
@pytest.mark.parametrize("rest", ["", "é", "\\u00e9"])
def test_whatever_is_put_there_is_what_a_reader_gets(new: str, rest: str) -> None:
    after = repaired(f'{{"t": "a X{rest}"}}', "t", chain=replacing("X", new))
    assert json.loads(after) == {"t": "a " + new + json.loads('"' + rest + '"')}


def test_what_the_codec_of_the_file_lacks_is_escaped() -> None:
    data = '{"t": "한국 don?t"}\n'.encode("cp949")
    (block,) = files.blocks(io.BytesIO(data), "cp949", whole_lines=True)
    result, _ = fields.repair(block.text, ["t"], by(replacing("?t", "’t — é")), encoding=block.encoding)
    assert b"".join(new for _, new in outgoing.pieces(block, result)) == data.replace(b"?t", "’t ".encode("cp949") + rb"\u2014 \u00e9")


def test_a_stray_byte_is_not_an_escape_of_it() -> None:
    """Both are U+DC80 in Python; in the file one is a byte that no codec explains, the other six characters that somebody wrote."""
    data = b'{"t": "\x80 don?t \x80 \\udc80", "u": "\x80\\udc80"}\n'
    (block,) = files.blocks(io.BytesIO(data), "utf-8", whole_lines=True)
    for chain in (PASSES, replacing("don?t \udc80", "don’t \udc80"), replacing("\udc80 don?t \udc80 \udc80", "\udc80 don’t \udc80 \udc80")):
        result, bad = fields.repair(block.text, ["t", "u"], by(chain))
        assert b"".join(new for _, new in outgoing.pieces(block, result)) == data.replace(b"?", "’".encode()) and not bad


def test_a_change_holds_whole_escapes_at_its_place_in_the_file() -> None:
    text = '{"id": 1}\n{"a": 0, "t": "x \\u00e2\\u20ac\\u2122 y"}\n'
    result, _ = fields.repair(text, ["t"], by(PASSES))
    (change,) = result.changes
    assert (change.start, change.before, change.after) == (text.index("\\u00e2"), r"\u00e2\u20ac\u2122", r"\u2019")
    assert change.why[0].rule == "mojibake.utf-8-as-cp1252"


def test_a_doubt_is_located_in_the_file_and_a_flag_changes_nothing() -> None:
    text = '{"t": "\\u00e9\\n caf? au lait"}'
    flag: Pass = lambda document: [Change(0, document.text[:2], document.text[:2], (Reason("flag.it", "look", 1.0),))]  # noqa: E731
    result, _ = fields.repair(text, ["t"], by({**PASSES, "flag": flag}))
    assert [(doubt.start, doubt.before, doubt.after) for doubt in result.doubts] == [(7, r"\u00e9\n", r"\u00e9\n"), (16, "caf?", r"caf\u00e9")]
    assert result.after == text and not result.changes


def test_what_two_passes_did_to_one_place_is_one_change_with_both_reasons() -> None:
    chain = {"one": replacing("\n", "X")["test"], "two": replacing("aX", "b")["test"]}
    result, _ = fields.repair('{"t": "\\u00e9a\\n"}', ["t"], by(chain))
    assert [change[:3] for change in result.changes] == [(13, "a\\n", "b")]
    assert [(stage.name, stage.changes[0][:3]) for stage in result.stages] == [("one", (14, "\\n", "X")), ("two", (13, "aX", "b"))]


# Documents


def test_values_are_documents_that_know_what_those_before_them_proved() -> None:
    seen: list[tuple[str, str | None, dict[str, int]]] = []

    def watcher(document: Document) -> Iterator[Change]:
        seen.append((document.text, document.encoding, dict(document.rows)))
        return iter(())

    text = '{"t": ["cafÃ©", "a"], "u": "Ã© Ã©"}\n{"t": "b"}\n'
    result, _ = fields.repair(text, ["t"], by({"mojibake": mojibake, "watch": watcher}), encoding="cp1252", rows={"mojibake.utf-8-as-cp1252": 2})
    row = "mojibake.utf-8-as-cp1252"
    again = ("café", "cp1252", {row: 2})  # what was repaired is looked at as if for the first time
    assert seen == [("café", "cp1252", {row: 3}), again, ("a", "cp1252", {row: 3}), ("b", "cp1252", {row: 3})]
    assert result.rows == {row: 1}


def test_certainty_and_permission_are_asked_as_in_any_repair() -> None:
    text = '{"t": "caf? don?t"}'
    assert fields.repair(text, ["t"], by(PASSES, least=0.5))[0].after == '{"t": "café don’t"}'
    assert fields.repair(text, ["t"], by(PASSES, permit=lambda name, text, change: name != "glyphs"))[0] == Repair(text, text, (), (), ())


# What is no object, and what is


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("cafÃ©", id="text"),
        pytest.param("[]", id="an array"),
        pytest.param('[{"t": "cafÃ©"}]', id="an array of objects"),
        pytest.param('"cafÃ©"', id="a string"),
        pytest.param("1", id="a number"),
        pytest.param('{"t": "cafÃ©"', id="cut off"),
        pytest.param('{"t": "cafÃ©', id="cut off in a string"),
        pytest.param('{"t": "cafÃ©"} {}', id="two objects"),
        pytest.param('{"t": "cafÃ©"},', id="a comma behind"),
        pytest.param('{"t": "cafÃ©",}', id="a comma before the end"),
        pytest.param('{,"t": "cafÃ©"}', id="a comma at the beginning"),
        pytest.param('{"t": ["cafÃ©",]}', id="a comma at the end of an array"),
        pytest.param('{"t": ["cafÃ©" "x"]}', id="no comma"),
        pytest.param('{"t": ["cafÃ©"}]', id="brackets crossed"),
        pytest.param('{"t" "cafÃ©"}', id="no colon"),
        pytest.param("{'t': 'cafÃ©'}", id="single quotes"),
        pytest.param('{t: "cafÃ©"}', id="a bare key"),
        pytest.param('{"t": "cafÃ© \\x41"}', id="no such escape"),
        pytest.param('{"t": "cafÃ© \\u00"}', id="half an escape"),
        pytest.param('{"t": "cafÃ©", "\\q": 1}', id="no such escape in a key"),
        pytest.param('{"t": "cafÃ©", "u": [1, {"v": tru}]}', id="no such word, far from what is chosen"),
        pytest.param('{"t": "cafÃ©\tx"}', id="a bare control"),
        pytest.param('{"t": "cafÃ©"}\u00a0', id="no space of JSON behind"),
        pytest.param("\u00a0", id="no space of JSON alone"),
        pytest.param("{", id="a bracket"),
    ],
)
def test_a_line_that_is_no_object_is_left_alone_and_told(line: str) -> None:
    good = '{"t": "cafÃ©"}\n'
    result, bad = fields.repair(good + line + "\n" + good, ["t"], by(PASSES))
    assert bad == [len(good)]
    assert result.after == '{"t": "café"}\n' + line + '\n{"t": "café"}\n'


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="blank"),
        pytest.param(" \t \r", id="spaces"),
        pytest.param("\ufeff", id="a byte-order mark alone"),
        pytest.param("{}", id="nothing in it"),
        pytest.param(' \t{ "a" :[ ] , "b":{ } }\t\r', id="spaces everywhere"),
        pytest.param('\ufeff{"a": 1}', id="a byte-order mark, of files put together"),
        pytest.param('{"a": [NaN, -Infinity, 1e999, -0.0, ' + "7" * 100_000 + "]}", id="numbers that Python has, or has not"),
        pytest.param('{"a": 1, "a": 2, "t": 3, "t": null, "t": {"t": 1}, "t": [[], {}, 1.0]}', id="doubled keys, and no strings"),
        pytest.param('{"t": "\\ud83d", "t": "\\ude00\\ud83d", "u": "\\udc80"}', id="lone surrogates"),
        pytest.param('{"t": "\\u0000\\u001f\\u007f\\u0085\\u2028"}', id="controls"),
        pytest.param('{"t": "\\/\\u0041\\u00E9\\"\\b"}', id="needless escapes"),
        pytest.param('{"t": "a\u0085b\u2028c\x7fd"}', id="what other programs take for line ends"),
        pytest.param('{"a": 1,\r "t": "b"}', id="CR is a space"),
    ],
)
def test_what_is_an_object_or_nothing_is_no_trouble_and_stays(line: str) -> None:
    result, bad = fields.repair(line + "\n" + line, ["t"], by(PASSES))
    assert (result.after, result.changes, bad) == (line + "\n" + line, (), [])


@pytest.mark.parametrize(
    ("opening", "closing", "is_object"),
    [
        pytest.param("[" * 100_000, "]" * 100_000, True, id="arrays"),
        pytest.param('{"a":' * 100_000 + "1", "}" * 100_000, True, id="objects"),
        pytest.param('[{"t":' * 50_000 + '"cafÃ©"', "}]" * 50_000, True, id="both"),
        pytest.param("[" * 100_000, "]" * 99_999, False, id="one not closed"),
        pytest.param("[" * 100_000, "", False, id="none closed"),
    ],
)
@pytest.mark.parametrize("key", ["x", "t"])
def test_deep_nesting_is_no_trouble(opening: str, closing: str, is_object: bool, key: str) -> None:
    line = f'{{"t": "cafÃ©", "{key}": {opening}{closing}, "t": "cafÃ©"}}'
    result, bad = fields.repair(line, ["t"], by(PASSES))
    assert bad == ([] if is_object else [0])
    assert result.after == (line.replace('{"t": "cafÃ©"', '{"t": "café"').replace(', "t": "cafÃ©"}', ', "t": "café"}') if is_object else line)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: '{"t": "' + "cafÃ© don?t \\u00e9 " * n + '"}', id="a damaged string"),
        pytest.param(lambda n: '{"t": "' + "\\\\" * 10 * n + '?"}', id="backslashes"),
        pytest.param(lambda n: '{"t": [' + ",".join(['"don?t"'] * n) + "]}", id="many strings"),
        pytest.param(lambda n: "{" + ",".join(['"a b": "c d"'] * n) + "}", id="many keys"),
        pytest.param(lambda n: '{"' + "\\\\x" * 5 * n, id="a key cut off"),
        pytest.param(lambda n: "[" * 5 * n, id="brackets"),
        pytest.param(lambda n: '{"t": "don?t"}\n' * n, id="lines without evidence of how they are written"),
    ],
)
def test_the_work_grows_with_the_line_and_no_faster(make: Callable[[int], str]) -> None:
    assert growth(lambda n: fields.repair(make(n), ["t"], by(PASSES)), 1000, 4) < 8
