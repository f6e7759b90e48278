"""What people look at: the same at every width, harmless whatever the text, and true to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from summitfix import core, diff
from summitfix.core import Change, Reason, Repair
from summitfix.diff import View
from summitfix.files import Block
from summitfix.lines import hunks, starts
from summitfix.report import Outcome
from summitfix.terminal import label, visible

ESCAPES = re.compile(r"\x1b\[[\d;]*m")

ARTICLE = (
    "The harbour was quiet.\n"
    "She wrote that the ferry wouldn?t run before the storm had passed, and that nobody on the island had expected it to, since the captain had lived "
    "there for forty years and knew every rock between the lighthouse and the mole; still, they all came down to the quay at noon, as they always did, "
    "and waited for the fer"
    "\nBUY NOW ry in the rain.\n"
    "船は七時に出ます。â€œパンâ€\x9dと上着を持ってきてください。島にはほかの船がありません。\n"
    "Nothing here.\n"
)


def reason(name: str, note: str, confidence: float = 0.995) -> tuple[Reason, ...]:
    return (Reason(f"{name}.row", note, confidence),)


def repaired(text: str, table: dict[str, tuple[str, tuple[Reason, ...]]]) -> Repair:
    """The repair that puts what the table says for each of its keys."""

    def find(document: core.Document) -> list[Change]:
        found = re.finditer("|".join(map(re.escape, table)), document.text)
        return [Change(match.start(), match.group(), *table[match.group()]) for match in found]

    return core.repair(text, {"test": find})


REPAIR = repaired(
    ARTICLE,
    {
        "n?t": ("n’t", reason("glyphs", "a contraction", 0.9996)),
        "\nBUY NOW ": ("", reason("spam", "spam: BUY NOW, 9 points")),
        "â€œ": ("「", reason("mojibake", "utf-8 read as cp1252")),
        "â€\x9d": ("」", reason("mojibake", "utf-8 read as cp1252")),
    },
)


def shown(text: str, repair: Repair, width: int, *, colour: bool = False) -> str:
    return View(colour=colour, width=width).block("article.txt", Block(text, "utf-8", text.encode("utf-8", "surrogateescape"), b"", "given"), repair)


def test_the_view_at_80_columns() -> None:
    assert shown(ARTICLE, REPAIR, 80).splitlines() == [
        "── article.txt (utf-8) ─────────────────────────────────────────────────────────",
        "",
        "   2 │ - She wrote that the ferry wouldn?t run before the storm had passed, and",
        "     │   that … as they always did, and waited for the fer",
        "   3 │ - BUY NOW ry in the rain.",
        "     │ + She wrote that the ferry wouldn’t run before the storm had passed, and",
        "     │   that … as they always did, and waited for the ferry in the rain.",
        "         glyphs  a contraction",
        "         spam    BUY NOW, 9 points",
        "",
        "   4 │ - 船は七時に出ます。â€œパンâ€<U+009D>と上着を持ってきてください。島にはほ",
        "     │   かの船がありません。",
        "     │ + 船は七時に出ます。「パン」と上着を持ってきてください。島にはほかの船が",
        "     │   ありません。",
        "         mojibake  utf-8 read as cp1252 ×2",
    ]


def test_with_room_the_reasons_stand_in_the_margin() -> None:
    lines = shown(ARTICLE, REPAIR, 140).splitlines()
    assert lines[2].startswith("   2 │ - She wrote") and lines[2].endswith("   glyphs  a contraction")
    assert lines[3].endswith("   spam    BUY NOW, 9 points")
    columns = {cell_len(line.partition(name)[0]) for line in lines for name in ("glyphs  a", "spam    B", "mojibake  utf") if name in line}
    assert len(columns) == 1, "the margin is straight, whatever the width of the characters before it"


GOLDEN = Path(__file__).parent / "golden"

MANY = (
    "El niño comió arroz con leche, y su abuela dijo â€œotra vezâ€œ sin mirarlo siquiera, como todas las tardes de aquel verano tan largo.\n"
    "\t항구는 조용했다. BUY NOW 배는 일곱 시에 떠났고, 아무도 손을 흔들지 않았다.\r\n"
    "השומר אמר â€œשלוםâ€œ והלך הביתה.\n"
    "كتبت: donn?t تنتظروني على الرصيف.\n"
    "The family 👨‍👩‍👧‍👦 and Zoe\u0301 donn?t swim 🏊🏽, they said; caf? is closed\u202e\x1b[31m.\n"
    "Nothing here.\n"
    "one BUY NOW\ntwo BUY NOW\n"
)

MANY_REPAIR = repaired(
    MANY,
    {
        "n?t": ("n’t", reason("glyphs", "a contraction", 0.9996)),
        "caf?": ("café", reason("glyphs", "one word fits", 0.7)),
        "BUY NOW\n": ("", reason("spam", "spam: BUY NOW, 9 points (phrase, split word)")),
        "BUY NOW ": ("BUY NOW ", reason("spam", "spam: BUY NOW, 4 points (phrase)", 0.4)),
        "â€œ": ("“", reason("mojibake", "utf-8 read as cp1252; 34 nats likelier than the text as it stands")),
    },
)


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_view_is_as_it_was_looked_at(width: int) -> None:
    """These pictures were looked at in a terminal; one that changes is to be looked at again before it is written anew."""
    assert shown(MANY, MANY_REPAIR, width) == (GOLDEN / f"view-{width}.txt").read_bytes().decode()


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 119, 120, 140, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, shown(ARTICLE, REPAIR, width).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 140])
def test_colour_adds_nothing_but_colour(width: int) -> None:
    coloured = shown(ARTICLE, REPAIR, width, colour=True)
    assert "\x1b[" in coloured and ESCAPES.sub("", coloured) == shown(ARTICLE, REPAIR, width)


@pytest.mark.parametrize("width", [40, 100, 140])
def test_the_content_does_not_depend_on_the_width(width: int) -> None:
    def words(text: str) -> list[str]:
        return sorted(re.sub(r"[\s│─]+|^ *\d+|[-+](?= )", "", text, flags=re.MULTILINE))

    assert words(shown(ARTICLE, REPAIR, width)) == words(shown(ARTICLE, REPAIR, 80))


def test_what_changed_is_what_is_picked_out() -> None:
    coloured = shown(ARTICLE, REPAIR, 80, colour=True)
    assert "\x1b[1;9;31mBUY NOW \x1b[0mry in the rain." in coloured
    assert "would\x1b[1;32mn’t\x1b[0m run" in coloured


@given(st.text(alphabet="ab éテ\n\r\u0301\U0001f469\u200dא", min_size=1, max_size=400), st.data())
@settings(max_examples=200)
def test_the_parts_of_a_hunk_join_to_its_lines(text: str, data: st.DataObject) -> None:
    changes, at = [], 0
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(at, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        after = data.draw(st.text(alphabet="xy\n", max_size=3))
        if text[start:end] != after:
            changes.append(Change(start, text[start:end], after, reason("test", "because")))
        at = min(end + 1, len(text))
    for hunk in hunks(text, changes, starts(text)):
        olds, news = diff._sides(text, hunk)
        assert joined(olds, "gone") == "".join(END.sub("", change.before) for change in hunk.changes)
        assert joined(news, "come") == "".join(END.sub("", change.after) for change in hunk.changes)
        for lines, whole in (olds, text[hunk.start : hunk.end]), (news, hunk.after(text)):
            found = joined(lines, "same", "gone", "come") if not joined(lines, "fold") else ""
            assert found in ("", END.sub("", whole))


END = re.compile(r"\r\n?|\n")


def joined(lines: list[list[diff.Part]], *kinds: str) -> str:
    """The text of the parts of these kinds."""
    return "".join(part.text for parts in lines for part in parts if part.kind in kinds)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_nothing_that_a_terminal_obeys_reaches_it(text: str) -> None:
    text = re.sub("[\u200c\u200d]", "\u200b", text)  # joiners are the next test's
    assert all(sign.isprintable() or sign.isspace() for sign in visible(text))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", visible(text))
    assert not re.search(r"[\n\t]", label(text))


def test_joiners_are_shown_unless_they_join_letters_that_take_them() -> None:
    assert visible("می\u200cخواهم क्\u200dष") == "می\u200cخواهم क्\u200dष"
    assert visible("pass\u200dword \u200cمی 👩\u200d🚀") == "pass<U+200D>word <U+200C>می 👩<U+200D>🚀"


def test_hostile_text_is_shown_as_text() -> None:
    text = "\x1b]0;title\x07[bold red]teh[/] \u202eevil\u202c :smile: \x9b31m \udcff \U000e0041\n"
    out = shown(text, repaired(text, {"teh": ("the", reason("test", "[blink]\x1b[5m"))}), 99)
    assert "␛]0;title␇[bold red]teh[/] <U+202E>evil<U+202C> :smile: <U+009B>31m <0xFF> <U+E0041>" in out
    assert "[blink]␛[5m" in out


def test_a_doubt_is_marked_and_a_flag_is_shown_once() -> None:
    text = "the caf? is open\nbet here\n"
    table = {"caf?": ("café", reason("glyphs", "one word fits", 0.7)), "bet": ("bet", reason("spam", "a word of the trade", 0.9))}
    assert shown(text, repaired(text, table), 80).splitlines()[1:] == [
        "",
        "   1 │ ? the caf? is open",
        "     │ ? the café is open",
        "         glyphs  one word fits",
        "                 unsure (70.0 %), not made",
        "",
        "   2 │ ! bet here",
        "         spam  a word of the trade",
        "               flagged, left as it is",
    ]


def test_a_paragraph_is_folded_to_what_surrounds_its_changes() -> None:
    text = "word " * 2000 + "teh " + "word " * 2000 + "\n"
    out = shown(text, repaired(text, {"teh": ("the", reason("test", "because"))}), 80)
    assert len(out) < 600 and out.count("…") == 4


def test_a_line_of_a_hundred_thousand_changes_takes_linear_time() -> None:
    text = "teh " * 100_000
    changes = tuple(Change(at, "teh", "the", reason("test", "because")) for at in range(0, len(text), 4))
    (hunk,) = hunks(text, changes, starts(text))
    assert hunk.after(text) == "the " * 100_000


def test_the_table_counts_by_pass_and_never_rounds_up_to_certainty() -> None:
    outcome = Outcome()
    outcome.count(REPAIR.changes)
    outcome.count([Change(0, "a", "b", reason("glyphs", "x", 0.99999))] * 1200)
    assert View(colour=False, width=80).table(outcome).splitlines() == [
        "",
        "  pass       changes   confidence",
        "  ───────────────────────────────",
        "  glyphs       1,201   99.9 %",
        "  mojibake         2   99.5 %",
        "  spam             1   99.5 %",
        "  ───────────────────────────────",
        "  in all       1,204   99.5 %",
    ]
