"""Repairs are lists of changes that replay, compose and can be told apart from what was only suspected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import summitfix
from summitfix import core
from summitfix.core import Change, Document, Pass, Reason, apply, compose, once, repair

TEXT = st.text(alphabet="ab ?’é\n\r\U0001f600", max_size=30)
SCRAP = st.text(alphabet="ab?“\n", max_size=4)


def sure(rule: str) -> tuple[Reason, ...]:
    return (Reason(rule, "because", 1.0),)


@st.composite
def edits(draw: st.DrawFn, text: str, most: int = 5) -> list[Change]:
    """Some sorted, disjoint changes of `text`; neither of two neighbours is empty where they touch, so that their order is theirs."""
    changes: list[Change] = []
    at = 0
    for number in range(draw(st.integers(0, most))):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        changes.append(Change(start, text[start:end], draw(SCRAP), sure(f"p.{number}")))
        at = end + 1
        if at > len(text):
            break
    return changes


def replacing(table: list[tuple[str, str, float]], name: str) -> Pass:
    """A pass that puts the second text for the first wherever it stands, with that confidence."""

    def find(document: Document) -> Iterator[Change]:
        meant = {before: (after, confidence) for before, after, confidence in table}
        for match in re.finditer("|".join(map(re.escape, meant)) or r"(?!)", document.text):
            after, confidence = meant[match.group()]
            yield Change(match.start(), match.group(), after, (Reason(f"{name}.row", "because", confidence),))

    return find


ROWS = st.lists(st.tuples(st.text(alphabet="ab ?\n", min_size=1, max_size=3), SCRAP, st.sampled_from([1.0, 0.99, 0.5])), max_size=4)
CHAINS = st.lists(ROWS, max_size=4).map(lambda tables: {f"pass{number}": replacing(table, f"pass{number}") for number, table in enumerate(tables)})


def one_by_one(text: str, chain: dict[str, Pass]) -> str:
    """What the passes leave when each is applied by itself to what those before it left."""
    for find in chain.values():
        for _ in range(core.ROUNDS):
            text = apply(text, [change for change in sorted(find(Document(text))) if change.confidence >= core.SURE])
    return text


@given(TEXT, CHAINS)
@settings(max_examples=300)
def test_changes_replay_and_are_those_of_the_passes_one_by_one(text: str, chain: dict[str, Pass]) -> None:
    result = once(Document(text), chain)
    assert result.before == text
    assert apply(text, result.changes) == result.after == one_by_one(text, chain)


@given(TEXT, CHAINS)
@settings(max_examples=300)
def test_changes_are_sorted_disjoint_and_never_nothing(text: str, chain: dict[str, Pass]) -> None:
    changes = once(Document(text), chain).changes
    assert all(change.before != change.after and change.why for change in changes)
    assert all(first.end <= second.start for first, second in pairwise(changes))


@given(st.data())
@settings(max_examples=500)
def test_composition_is_one_list_after_the_other(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    first = data.draw(edits(text))
    middle = apply(text, first)
    second = data.draw(edits(middle))
    assert apply(text, compose(text, first, second)) == apply(middle, second)


@given(st.data())
@settings(max_examples=300)
def test_composition_keeps_every_reason_of_what_it_merges(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    first = data.draw(edits(text))
    second = data.draw(edits(apply(text, first)))
    composed = compose(text, first, second)
    assert {reason for change in composed for reason in change.why} <= {reason for change in (*first, *second) for reason in change.why}
    assert all(change.why for change in composed)
    if not second:
        assert composed == tuple(change for change in first if change.before != change.after)


@given(st.data())
@settings(max_examples=500)
def test_a_doubt_about_repaired_text_is_located_in_the_original(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    made = [change for change in data.draw(edits(text)) if change.before != change.after]
    after = apply(text, made)
    assume(after)
    start = data.draw(st.integers(0, len(after) - 1))
    end = data.draw(st.integers(start + 1, len(after)))
    suspected = Change(start, after[start:end], data.draw(SCRAP), (Reason("late.maybe", "perhaps", 0.5),))
    chain: dict[str, Pass] = {"early": only_on(text, made), "late": only_on(after, [suspected])}
    result = once(Document(text), chain)
    assume(result.after == after)
    (doubt,) = result.doubts
    assert text[doubt.start : doubt.end] == doubt.before
    if suspected.before == suspected.after:
        assert doubt.before == doubt.after
        return
    kept_before = [change for change, (_, end) in zip(made, extents(made), strict=True) if end <= start]
    kept_behind = [change for change, (begin, _) in zip(made, extents(made), strict=True) if begin >= end]
    assert apply(text, [*kept_before, doubt, *kept_behind]) == apply(after, [suspected])


def extents(changes: list[Change]) -> list[tuple[int, int]]:
    """Where the changes stand in what they leave."""
    found, shift = [], 0
    for change in changes:
        found.append((change.start + shift, change.start + shift + len(change.after)))
        shift += len(change.after) - len(change.before)
    return found


def only_on(text: str, changes: list[Change]) -> Pass:
    """A pass that knows one text, and is silent about every other."""

    def find(document: Document) -> Iterator[Change]:
        return iter(changes if document.text == text else [])

    return find


def test_an_unsure_change_is_a_doubt_and_the_next_pass_does_not_see_it() -> None:
    seen: list[str] = []

    def watcher(document: Document) -> Iterator[Change]:
        seen.append(document.text)
        return iter(())

    result = repair("caf? au lait", {"guess": replacing([("f?", "fé", 0.6)], "guess"), "watch": watcher})
    assert (result.after, result.changes, seen) == ("caf? au lait", (), ["caf? au lait"])
    assert [(doubt.start, doubt.before, doubt.after) for doubt in result.doubts] == [(2, "f?", "fé")]


def test_less_can_be_asked_of_confidence() -> None:
    assert repair("caf?", {"guess": replacing([("f?", "fé", 0.6)], "guess")}, least=0.5).after == "café"


def test_a_flag_changes_nothing_however_sure_it_is() -> None:
    result = repair("look here", {"flags": replacing([("here", "here", 1.0)], "flags")})
    assert result.after == result.before and not result.changes
    assert [doubt.before for doubt in result.doubts] == ["here"]


def test_what_is_not_permitted_is_neither_made_nor_doubted() -> None:
    result = repair("a b", {"one": replacing([("a", "x", 1.0), ("b", "y", 1.0)], "one")}, permit=lambda name, text, change: change.before != "a")
    assert (result.after, result.doubts) == ("a y", ())


def test_a_pass_runs_again_on_what_it_left_but_not_for_ever() -> None:
    assert once(Document("a"), {"grow": replacing([("a", "aa", 1.0)], "grow")}).after == "a" * 2**core.ROUNDS


def test_rows_count_what_was_sure_and_reach_the_passes() -> None:
    known: list[dict[str, int]] = []

    def watcher(document: Document) -> Iterator[Change]:
        known.append(dict(document.rows))
        return iter(())

    result = repair("x x", {"one": replacing([("x", "y", 1.0)], "one"), "watch": watcher}, rows={"one.row": 3})
    assert known == [{"one.row": 5}, {"one.row": 3}]  # the second run knows what another call would
    assert result.rows == {"one.row": 2}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([Change(0, "z", "y", sure("p.q"))], id="not there"),
        pytest.param([Change(0, "ab", "y", sure("p.q")), Change(1, "b", "z", sure("p.q"))], id="overlapping"),
        pytest.param([Change(2, "c", "y", sure("p.q")), Change(0, "a", "z", sure("p.q"))], id="unsorted"),
        pytest.param([Change(3, "d", "y", sure("p.q"))], id="behind the end"),
    ],
)
def test_changes_of_another_text_are_refused(changes: list[Change]) -> None:
    with pytest.raises(ValueError, match="not the one this change was made for"):
        apply("abc", changes)


def test_overlapping_changes_of_a_pass_are_refused() -> None:
    with pytest.raises(ValueError, match="not the one this change was made for"):
        repair("abc", {"bad": only_on("abc", [Change(0, "ab", "x", sure("bad.x")), Change(1, "bc", "y", sure("bad.y"))])})


@pytest.mark.parametrize("call", [summitfix.repair, lambda text, **chosen: summitfix.repair(text, skip=chosen["only"])], ids=["only", "skip"])
def test_the_name_of_no_pass_is_refused(call: Callable[..., object]) -> None:
    with pytest.raises(summitfix.SummitfixError, match="no pass is called 'nothing'"):
        call("text", only=["nothing"])


def test_what_a_later_pass_left_is_looked_at_again_until_nothing_is_found() -> None:
    chain = {"letters": replacing([("y", "z", 1.0), ("w", "v", 0.5)], "letters"), "signs": replacing([("x", "y", 1.0), ("?", "w", 1.0)], "signs")}
    result = repair("?x and y", chain)
    assert result.after == "wz and z"
    assert [stage.name for stage in result.stages] == ["letters", "signs", "letters"]
    assert [change[:3] for change in result.changes] == [(0, "?", "w"), (1, "x", "z"), (7, "y", "z")]
    assert [change[:3] for change in result.doubts] == [(0, "?", "v")]
    assert repair(result.after, chain).changes == ()
