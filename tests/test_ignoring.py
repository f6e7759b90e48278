"""What the author of a file forbids to touch stays as it is, and nothing else does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import Run

import summitfix
from summitfix import core
from summitfix.core import Change, Document, Reason
from summitfix.ignoring import Guard

X = Reason("loud.x", "q is to be Q", 1.0)
Y = Reason("calm.y", "w is to be W", 1.0)


def chain() -> dict[str, core.Pass]:
    def finder(letter: str, reason: Reason) -> core.Pass:
        return lambda document: (Change(at, letter, letter.upper(), (reason,)) for at, sign in enumerate(document.text) if sign == letter)

    return {"loud": finder("q", X), "calm": finder("w", Y)}


def repaired(*blocks: str, keep: tuple[str, ...] = ()) -> str:
    guard = Guard(keep)
    result = []
    for number, block in enumerate(blocks):
        guard.enter(block, first=number == 0)
        result.append(core.repair(block, chain(), permit=guard.permit).after)
    return "".join(result)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("qw\n", "QW\n"),
        ("qw  # summitfix: ignore\nqw\n", "qw  # summitfix: ignore\nQW\n"),
        ("qw <!-- summitfix: ignore[loud] -->\nqw", "qW <!-- summitfix: ignore[loud] -->\nQW"),
        ("qw // summitfix:ignore[loud, calm]\r\nqw", "qw // summitfix:ignore[loud, calm]\r\nQW"),
        ("qw summitfix: ignore[loud] summitfix: ignore[calm]\nqw", "qw summitfix: ignore[loud] summitfix: ignore[calm]\nQW"),
        ("qw summitfix: ignore[loud] summitfix: ignore\nqw", "qw summitfix: ignore[loud] summitfix: ignore\nQW"),
        ("q\n% summitfix: off\nqw\nqw\n% summitfix: on\nw", "Q\n% summitfix: off\nqw\nqw\n% summitfix: on\nW"),
        ("q\nq summitfix: off\nq\n", "Q\nq summitfix: off\nq\n"),
        ("q summitfix: on\nq", "Q summitfix: on\nQ"),
        ("q summitfix: off\nqw summitfix: on summitfix: ignore[loud]\nqw", "q summitfix: off\nqw summitfix: on summitfix: ignore[loud]\nQW"),
        ("1\n2\n3\n4\n# summitfix: ignore-file\nqw\n", "1\n2\n3\n4\n# summitfix: ignore-file\nqw\n"),
        ("1\n2\n3\n4\n5\n# summitfix: ignore-file\nqw\n", "1\n2\n3\n4\n5\n# summitfix: ignore-file\nQW\n"),
        ("q summitfix: ignored\n", "Q summitfix: ignored\n"),
        ("q summitfix: offline, summitfix: one\nq", "Q summitfix: offline, summitfix: one\nQ"),
        ("q SUMMITFIX: IGNORE\n", "Q SUMMITFIX: IGNORE\n"),
        ("q summitfix ignore, summitfix: please ignore\n", "Q summitfix ignore, summitfix: please ignore\n"),
        ("q summitfix: ignore[other]\n", "Q summitfix: ignore[other]\n"),
    ],
)
def test_markers(before: str, after: str) -> None:
    assert repaired(before) == after


def test_a_region_reaches_over_blocks() -> None:
    assert repaired("q\nsummitfix: off\nq\n", "q\n", "q\nsummitfix: on\nq\n", "q\n") == "Q\nsummitfix: off\nq\nq\nq\nsummitfix: on\nQ\nQ\n"
    assert repaired("q\nsummitfix: ignore-file\n", "q\n") == "q\nsummitfix: ignore-file\nq\n"
    assert repaired("q\n", "summitfix: ignore-file\nq\n") == "Q\nsummitfix: ignore-file\nQ\n"


def test_a_change_of_several_lines_is_forbidden_by_each_of_them() -> None:
    def join(document: Document) -> list[Change]:
        return [Change(document.text.index("\n"), "\n", " ", (X,))]

    guard = Guard()
    for text in "one summitfix: ignore\ntwo\nthree", "one\ntwo summitfix: ignore\nthree":
        guard.enter(text, first=True)
        assert core.repair(text, {"loud": join}, permit=guard.permit).after == (text if "one s" in text else text.replace("\n", " ", 1))


@pytest.mark.parametrize(
    ("keep", "after"), [(("aq",), "aq Q bQ"), (("q b",), "aQ q bQ"), (("bq", "q "), "aq q bq"), (("zz", ""), "aQ Q bQ"), (("aq q bq",), "aq q bq")]
)
def test_kept_strings(keep: tuple[str, ...], after: str) -> None:
    assert repaired("aq q bq", keep=keep) == after


def test_what_earlier_passes_moved_is_guarded_where_it_stands() -> None:
    def grow(document: Document) -> list[Change]:
        return [Change(0, "", "more and more and more\n", (X,))] if not document.text.startswith("more") else []

    text = "w\nw summitfix: ignore\nw\n"
    guard = Guard()
    guard.enter(text, first=True)
    assert core.repair(text, {"loud": grow, "calm": chain()["calm"]}, permit=guard.permit).after == "more and more and more\nW\nw summitfix: ignore\nW\n"


def test_the_library_honours_them_when_asked_to() -> None:
    text = "un cafÃ© trÃ¨s serrÃ©  # summitfix: ignore\nun cafÃ©\n"
    assert summitfix.repair(text, inline=True).after == text.replace("\nun cafÃ©", "\nun café")
    assert "cafÃ©" not in summitfix.repair(text).after


def test_the_command_honours_them(run: Run, tmp_path: Path) -> None:
    text = "BUY NOW and donn?t wait  # summitfix: ignore[spam]\nBUY NOW\n"
    (tmp_path / "a.txt").write_text(text)
    assert run("-w", "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_text() == "BUY NOW and donn’t wait  # summitfix: ignore[spam]\n"
    assert run(given=b"# summitfix: ignore-file\nBUY NOW\n").stdout == b"# summitfix: ignore-file\nBUY NOW\n"


def test_a_long_list_of_kept_strings_costs_no_more_than_a_short_one() -> None:
    guard = Guard([f"kept {number}" for number in range(20_000)])
    text = "kept 7?s " + "it?s " * 2000
    guard.enter(text, first=True)
    begin = time.process_time()
    permitted = [guard.permit("glyphs", text, Change(at, "?", "’", ())) for at, sign in enumerate(text) if sign == "?"]
    assert time.process_time() - begin < 2  # it was 6 s when each string was looked for at each change
    assert not guard.permit("glyphs", text, Change(5, "7", "8", ()))
    assert permitted == [True] * 2001
