"""The rows of `data/spam.toml`, and of a file of the same form that a user brings: read, checked, and errors told by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from summitfix.core import SummitfixError
from summitfix.toml import parse

PATH = Path(__file__).parents[2] / "data" / "spam.toml"


class Row(NamedTuple):
    """What one trade says in one language: phrases by strength, texts that are its tests, a note. `edges`: stands behind the last paragraph too."""

    name: str
    language: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    lure: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    edges: bool = False


class Rows(NamedTuple):
    """A table of rows: families, site furniture as (line, language), words that mention, and the little words of languages."""

    families: tuple[Row, ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()
    mentions: tuple[str, ...] = ()
    stops: tuple[tuple[str, tuple[str, ...]], ...] = ()


NO_ROWS = Rows()

LISTS = {"strong": ",", "weak": ",", "lure": ",", "hits": "|", "misses": "|"}
"""Cells that hold several entries, with the sign between them."""

FAMILY = frozenset(Row._fields)
EXPRESSION = re.compile(r"[\\^$*{}\[\]|]|\(\?|\.[+?]")
"""What stands in regular expressions and in no phrase."""

HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


def listed(cell: str, mark: str = ",") -> tuple[str, ...]:
    """The entries of a cell of the table."""
    return tuple(entry.strip() for entry in cell.split(mark) if entry.strip())


@cache
def packaged() -> Rows:
    """The rows that come with summitfix."""
    return _rows(parse(PATH.read_text(encoding="utf-8"), PATH.name))


def read_rows(text: str, name: str) -> Rows:
    """The rows of a user's file, of the form of `data/spam.toml`: `[[family]]`, `[[furniture]]` and `[mentions]`.

    Phrases are literal. A family needs a name, a language and one strong or weak phrase; its hits and misses are tried at once. What is wrong raises
    SummitfixError, beginning with `name` and the line: `my-spam.toml:12: …`.

    >>> read_rows('[[family]]\\nname = "pets"\\nlanguage = "en"\\nstrong = "discount llamas"', "my-spam.toml").families[0].strong
    ('discount llamas',)
    """
    table = parse(text, name)
    for header, number, key, problem in _problems(table):
        raise _wrong(name, _line(text, header, number, key), problem)
    rows = _rows(table)
    for number, (key, problem) in _failures(rows):
        raise _wrong(name, _line(text, "family", number, key), problem)
    return rows


def _wrong(name: str, line: int, problem: str) -> SummitfixError:
    return SummitfixError(f"{name}:{line}: {problem}")


def _problems(table: Mapping[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """What is wrong with a user's table: (header, which of that name, key or "", what and what to try)."""
    for header, found in table.items():
        if header not in ("family", "furniture", "mentions"):
            yield header, 0, "", f"there is no {header!r} here; a file of rows has [[family]], [[furniture]] and [mentions]"
        elif header == "mentions":
            if not isinstance(found, dict) or set(found) != {"words"} or not isinstance(found["words"], str):
                yield header, 0, "", 'mentions are one line: words = "this, that"'
        elif not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            yield header, 0, "", f"a {header} begins with [[{header}]], in double brackets"
        else:
            for number, one in enumerate(found):
                yield from ((header, number, key, problem) for key, problem in (_family(one) if header == "family" else _furniture(one)))


LETTERS = (2, 1)
"""So many letters or digits a phrase and a lure have at least: phrases are screened for by words, and in scripts without spaces by pairs of characters."""


def _family(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with one family: (key or "", what)."""
    for key, cell in row.items():
        if key not in FAMILY:
            yield key, f"a family has no {key!r}; it has {', '.join(Row._fields)}"
        elif key == "edges":
            if not isinstance(cell, bool):
                yield key, "edges is true or false"
        elif not isinstance(cell, str):
            yield key, f"{key} is a string" + (f" with {'commas' if LISTS[key] == ',' else 'bars'} between its entries" if key in LISTS else "")
        elif key in ("strong", "weak", "lure"):
            for phrase in listed(cell):
                if EXPRESSION.search(phrase):
                    yield key, f"phrases are literal, not expressions: {phrase!r}"
                elif sum(map(str.isalnum, phrase)) < LETTERS[key == "lure"]:
                    yield key, f"a phrase needs {'a letter' if key == 'lure' else 'two letters'}: {phrase!r}"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", str(row.get("name", ""))):
        yield "name" * ("name" in row), "a family has a name of small letters, digits and hyphens"
    if not re.fullmatch(r"[a-z]{2,3}", str(row.get("language", ""))):
        yield "language" * ("language" in row), 'a family has a language, by its code: language = "en"'
    if not any(isinstance(row.get(key), str) and listed(row[key]) for key in ("strong", "weak")):
        yield "", "a family needs a phrase that is strong or weak"


def _furniture(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row of site furniture."""
    if set(row) != {"language", "lines"} or not all(isinstance(cell, str) for cell in row.values()):
        yield "", "furniture has a language and lines, with bars between them"
        return
    for line in listed(row["lines"], "|"):
        if sum(map(str.isalnum, line)) < LETTERS[False]:
            yield "lines", f"a line needs two letters: {line!r}"


def _failures(rows: Rows) -> Iterator[tuple[int, tuple[str, str]]]:
    """Which of its own tests a family fails: the number of the family, the key, what is wrong."""
    from summitfix.passes.spam.folding import fold
    from summitfix.passes.spam.phrases import claims, finds, lexicon

    known = lexicon(rows)  # once: finding it again takes longer the more rows there are
    for number, row in enumerate(rows.families):
        for key, wanted in (("hits", True), ("misses", False)):
            for text in getattr(row, key):
                folded = fold(text)
                found = any(claim.strong and claim.family.name == row.name for claim in claims(folded, finds(folded, known), known))
                if found != wanted:
                    yield number, (key, f"{row.name} does {'not find' if wanted else 'find'} a strong phrase in {text!r}")


def _line(text: str, header: str, number: int, key: str) -> int:
    """The number of the line, from 1, of a key under the so-manieth header of a name; of the header without a key."""
    seen, line = -1, 1
    for at, content in enumerate(text.split("\n"), 1):
        if found := HEADER.match(content):
            if seen == number:
                break
            seen += found.group(1) == header
            line = at if seen == number and found.group(1) == header else line
        elif (named := KEY.match(content)) and ((seen == number and named.group(1) == key) or (seen < 0 and named.group(1) == header)):
            return at
    return line


def _rows(table: Mapping[str, Any]) -> Rows:
    """A sound table as rows."""
    families: list[dict[str, Any]] = [{key: listed(cell, LISTS[key]) if key in LISTS else cell for key, cell in row.items()} for row in table.get("family", ())]
    return Rows(
        tuple(Row(**row) for row in families),
        tuple((line, row["language"]) for row in table.get("furniture", ()) for line in listed(row["lines"], "|")),
        listed(table.get("mentions", {}).get("words", "")),
        tuple((language, listed(cell)) for language, cell in table.get("stops", {}).items()),
    )


def families(added: Rows = NO_ROWS) -> tuple[Row, ...]:
    """All families that are looked for, with their notes and sources: those that come with summitfix, then those of a user's file."""
    return packaged().families + added.families
