"""Records for machines: what they say is true and in their format, whatever stands in texts and names."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import summitfix
from summitfix import core, records
from summitfix.core import Change, Document, Reason
from summitfix.files import BLOCK, Block, blocks

SARIF = Path(__file__).parent / "sarif"
SCHEMA = json.loads((SARIF / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
ARTICLE = "Stay\n“Ein Cafe” and don?t, caf? BUY NOW and look: STRANGE\r\nlast dont\n"
NAMES = ("a.txt", "docs/ä b%.txt", "né\udcff\n::error::x.txt", "../up.txt", "/abs/olute.txt", "a:b,c.txt", "-")
HOSTILE = st.text(st.sampled_from('ab?{}[](): ,%\r\n\t\x1b\u2028\u202e"\\é漢\udcffX') | st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=30)


def marked(document: Document) -> Iterator[Change]:
    """Small passes for these tests: each word has its change, doubt or flag."""
    for word, after, rule, confidence in (
        ("n?t", "n’t", "glyphs.contraction", 0.99),
        ("caf?", "café", "glyphs.letter", 0.7),
        (" BUY NOW", "", "spam.pharma", 0.995),
        ("STRANGE", "STRANGE", "spam.unknown", 0.4),
        ("X", "Y", "ours.row", 0.95),
    ):
        for match in re.finditer(re.escape(word), document.text):
            yield Change(match.start(), word, after, (Reason(rule, f"{word.strip()}: why", confidence),))


def written(form: str, inputs: list[tuple[str, bytes]], encoding: str | None = None, size: int = BLOCK) -> str:
    writer = records.writer(form)
    pieces = [
        piece
        for name, data in inputs
        for block in blocks(io.BytesIO(data), encoding, size)
        for piece in writer.add(name, block, core.repair(block.text, {"test": marked}, encoding=block.encoding))
    ]
    return "".join([*pieces, *writer.close()])


def sarif(inputs: list[tuple[str, bytes]], **options: Any) -> dict[str, Any]:
    text = written("sarif", inputs, **options)
    assert text.isascii()
    log: dict[str, Any] = json.loads(text)
    VALIDATOR.validate(log)
    return log


# JSON Lines


def test_a_record_for_each_change_and_doubt() -> None:
    text = written("json", [("a.txt", ARTICLE.encode())])
    assert text.isascii() and text.endswith("}\n")
    found = [json.loads(line) for line in text.splitlines()]
    assert [(record["kind"], record["rule"], record["sure"], record["before"], record["after"]) for record in found] == [
        ("change", "glyphs.contraction", True, "n?t", "n’t"),
        ("doubt", "glyphs.letter", False, "caf?", "café"),
        ("change", "spam.pharma", True, " BUY NOW", ""),
        ("flag", "spam.unknown", False, "STRANGE", "STRANGE"),
    ]
    assert found[0] == {
        "path": "a.txt",
        "line": 2,
        "column": 18,
        "end_line": 2,
        "end_column": 21,
        "offset": {"code_points": 22, "bytes": 26},
        "length": {"code_points": 3, "bytes": 3},
        "kind": "change",
        "sure": True,
        "confidence": 0.99,
        "pass": "glyphs",
        "rule": "glyphs.contraction",
        "reason": "n?t: why",
        "reasons": [{"rule": "glyphs.contraction", "reason": "n?t: why", "confidence": 0.99}],
        "before": "n?t",
        "after": "n’t",
        "encoding": "utf-8",
    }


def test_the_keys_are_those_that_are_documented_in_their_order() -> None:
    """What scripts rely on: always all of them, in the order of the docstring."""
    documented = re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)|\{[^}]*\}", "", str(records._object.__doc__).split("order:")[1]))
    for line in written("json", [("a.txt", ARTICLE.encode())]).splitlines():
        keys = list(json.loads(line))
        assert [key for key in documented if key in keys] == keys


def test_a_name_that_is_no_utf_8_is_one_all_the_same() -> None:
    (line,) = written("json", [("n\udce9.txt", b"don?t")]).splitlines()
    assert '"path": "n\\udce9.txt"' in line
    assert json.loads(line)["path"].encode("utf-8", "surrogateescape") == b"n\xe9.txt"


@given(HOSTILE, st.sampled_from(NAMES), st.sampled_from(["utf-8", "cp932", "utf-16-le", "cp949"]), st.integers(24, 60))
def test_a_record_points_at_what_it_changes(text: str, name: str, codec: str, size: int) -> None:
    data = "".join(f"{text} {word}" for word in ("don?t", "caf?", " BUY NOW", "X")).encode(codec, "ignore")
    for line in written("json", [(name, data)], encoding=codec, size=size).splitlines():
        record = json.loads(line)
        start, length = record["offset"]["bytes"], record["length"]["bytes"]
        assert data[start : start + length].decode(record["encoding"], "surrogateescape") == record["before"]
        whole = data.decode(codec, "surrogateescape")
        assert whole[record["offset"]["code_points"] :].startswith(record["before"])


# GitHub


def test_commands_of_github() -> None:
    found = written("github", [("docs/a.txt", ARTICLE.encode())]).splitlines()
    assert found[0] == '::warning file=docs/a.txt,line=2,endLine=2,col=18,endColumn=21,title=summitfix%3A glyphs.contraction::"n?t" -> "n’t": n?t: why'
    assert found[1].startswith("::notice ") and found[1].endswith('"caf?" -> "café" (unsure): caf?: why')
    assert found[3].startswith("::notice ") and found[3].endswith("::left as it is: STRANGE: why")


def test_what_spans_lines_has_no_columns() -> None:
    block = Block("ab\ncd", "utf-8", b"ab\ncd", b"", "given")
    change = Change(1, "b\nc", "x", (Reason("spam.casino", "", 0.99),))
    (line,) = records.writer("github").add("a", block, core.repair(block.text, {"spam": lambda document: [change] if "b\nc" in document.text else []}))
    assert line.startswith("::warning file=a,line=1,endLine=2,title=")


@given(HOSTILE, HOSTILE)
def test_nothing_in_a_text_or_a_name_begins_a_command_of_its_own(text: str, name: str) -> None:
    data = text.join(["", "don?t", "caf?", " BUY NOW", "X", ""]).encode("utf-8", "surrogateescape")
    for line in re.split(r"[\r\n]", written("github", [(name, data)]))[:-1]:
        _, properties, message = re.fullmatch(r"::(warning|notice) ([^:]*)::(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
        fields = dict(field.split("=", 1) for field in properties.split(","))
        assert set(fields) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert unescaped(fields["file"]) == name
        assert not re.search("[\x00-\x1f\x7f\u202e]", message)


def unescaped(text: str) -> str:
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


# SARIF


def test_the_schema_is_the_one_that_its_notice_names() -> None:
    assert hashlib.sha256((SARIF / "sarif-schema-2.1.0.json").read_bytes()).hexdigest() in (SARIF / "NOTICE.txt").read_text(encoding="utf-8").split()


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    (run,) = sarif([("a.txt", b"clean")])["runs"]
    assert run["results"] == [] and run["artifacts"] == [] and run["tool"]["driver"]["rules"] == []


def test_sarif_says_what_stands_where() -> None:
    log = sarif([("docs/a.txt", ARTICLE.encode("utf-8-sig")), ("b.txt", "Là? X".encode("cp1252"))])
    (run,) = log["runs"]
    assert log["version"] == "2.1.0" and run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("summitfix", summitfix.__version__)
    assert [(artifact["location"]["uri"], artifact["encoding"]) for artifact in run["artifacts"]] == [("docs/a.txt", "UTF-8"), ("b.txt", "windows-1252")]
    assert [(result["ruleId"], result["level"], "fixes" in result) for result in run["results"]] == [
        ("glyphs.contraction", "warning", True),
        ("glyphs.letter", "note", True),
        ("spam.pharma", "warning", True),
        ("spam.unknown", "note", False),
        ("ours.row", "warning", True),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/a.txt", "uriBaseId": "SRCROOT", "index": 0}
    assert place["region"] == {
        "startLine": 2,
        "startColumn": 18,
        "endLine": 2,
        "endColumn": 21,
        "charOffset": 22,  # the byte-order mark is no part of the text
        "charLength": 3,
        "byteOffset": 29,
        "byteLength": 3,
        "snippet": {"text": "n?t"},
    }
    (replacement,) = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {"deletedRegion": {key: value for key, value in place["region"].items() if key != "snippet"}, "insertedContent": {"text": "n’t"}}


@given(st.lists(st.tuples(st.sampled_from(NAMES), HOSTILE), max_size=4), st.integers(24, 60))
def test_sarif_is_valid_whatever_it_tells_of(given_: list[tuple[str, str]], size: int) -> None:
    inputs = [(name, f"{text} X {text} don?t caf?{text} BUY NOW STRANGE".encode("utf-8", "ignore") + b"\xff n?t") for name, text in given_]
    (run,) = sarif(inputs, size=size)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][location["index"]]["location"] == location
        assert not re.search(r"(?<!\\)\[[^]]*\]\(|(?<!\{)\{(?!\{)(?<!\{\{)", result["message"]["text"].replace("{{", ""))
    prints = [(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], *result["partialFingerprints"].values()) for result in run["results"]]
    assert len(set(prints)) == len(prints) or len({name for name, _ in given_}) < len(given_)  # a file is written about once


@pytest.mark.parametrize("name", NAMES)
def test_a_uri_names_the_very_file(name: str) -> None:
    (run,) = sarif([(name, b"X")])["runs"]
    location = run["artifacts"][0]["location"]
    path = unquote_to_bytes(location["uri"])
    if "uriBaseId" in location:
        assert path == name.encode("utf-8", "surrogateescape")
    else:
        assert path.startswith(b"file:///") and path.endswith(name.removeprefix("..").encode())


def test_stray_bytes_are_told_as_bytes() -> None:
    """A text with bytes that no codec explains has no form in JSON that all readers take."""
    block = Block("a\udcffX", "utf-8", b"a\xffX", b"", "UTF-8 with stray bytes")
    change = Change(0, "a\udcffX", "\udcffY", (Reason("ours.row", "", 0.95),))
    writer = records.writer("sarif")
    pieces = [*writer.add("a", block, core.repair(block.text, {"ours": lambda document: [change] if "X" in document.text else []})), *writer.close()]
    log = json.loads("".join(pieces))
    VALIDATOR.validate(log)
    assert "\\ud" not in "".join(pieces)
    (result,) = log["runs"][0]["results"]
    assert base64.b64decode(result["locations"][0]["physicalLocation"]["region"]["snippet"]["binary"]) == b"a\xffX"
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"byteOffset": 0, "byteLength": 3}
    assert base64.b64decode(replacement["insertedContent"]["binary"]) == b"\xffY"


def test_fixes_applied_by_their_offsets_repair_the_file() -> None:
    text = ARTICLE * 3
    (run,) = sarif([("a.txt", text.encode())])["runs"]
    sure = [result["fixes"][0]["artifactChanges"][0]["replacements"][0] for result in run["results"] if result["level"] == "warning"]
    data = text.encode()
    for replacement in reversed(sure):
        region = replacement["deletedRegion"]
        data = data[: region["byteOffset"]] + replacement["insertedContent"]["text"].encode() + data[region["byteOffset"] + region["byteLength"] :]
    assert data.decode() == core.repair(text, {"test": marked}).after


def test_a_change_is_known_again_when_lines_have_moved() -> None:
    def prints(text: str) -> list[str]:
        return [next(iter(result["partialFingerprints"].values())) for result in sarif([("a.txt", text.encode())])["runs"][0]["results"]]

    assert prints(ARTICLE) == prints("Something new in front of all of it.\n" + ARTICLE)
    assert len(set(prints(ARTICLE * 2))) == 8


def test_rules_have_pages() -> None:
    (run,) = sarif([("a.txt", ARTICLE.encode())])["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["glyphs.contraction"]["shortDescription"]["text"] == "Restore the apostrophe of a contraction."
    assert rules["glyphs.contraction"]["fullDescription"]["text"].startswith("Restore the apostrophe of a contraction. Restore quotes, apostrophes")
    assert "don?t" in rules["glyphs.contraction"]["help"]["markdown"]
    assert rules["glyphs.contraction"]["properties"]["tags"] == ["glyphs"]
