"""The page in a real browser: it shows what the terminal shows, obeys nothing that an article says, and asks nothing of a network."""

from __future__ import annotations

import os
import re
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from summitfix import webpage
from summitfix.core import Change, Reason, Repair
from summitfix.files import Block
from summitfix.lines import hunks, starts
from summitfix.terminal import visible
from summitfix.webpage import CROWD, LISTED, Webpage

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

ARTICLE = (
    "The harbour was quiet.\n"
    "She wrote that the ferry wouldn?t run before the storm had passed, and that nobody on the island had expected it to, since the captain had lived "
    "there for forty years and knew every rock between the lighthouse and the mole; still, they all came down to the quay at noon, as they always did, "
    "and waited for the fer"
    "\nBUY NOW ry in the rain.\n"
    "船は七時に出ます。â€œパンâ€\x9dと上着を持ってきてください。島にはほかの船がありません。\n"
    "the caf? is open\n"
    "bet here\n"
    "Nothing here.\n"
)
HEBREW = "שלום לכולם, â€œהספרâ€\x9d כאן.\nהכול ?בסדר.\n"

GLYPHS = Reason("glyphs.contraction", "a contraction", 0.9996)
SPAM = Reason("spam.shops", "spam: BUY NOW, 9 points", 0.995)
MOJIBAKE = Reason("mojibake.utf-8-as-cp1252", "utf-8 read as cp1252; 31 nats likelier than the text as it stands; next, 4 nats behind: „, cp437", 0.95)
UNSURE = Reason("glyphs.word", "one word fits", 0.7)
FLAG = Reason("spam.bets", "a word of the trade", 0.8)
TABLE = {
    "n?t": ("n’t", GLYPHS),
    "\nBUY NOW ": ("", SPAM),
    "â€œ": ("「", MOJIBAKE),
    "â€\x9d": ("」", MOJIBAKE),
    "caf?": ("café", UNSURE),
    "bet here": ("bet here", FLAG),
    " ?": (" “", GLYPHS),
}

HOSTILE = (
    "<script>document.title='owned'</script> </style> ]]> <!-- --> <img src=x onerror=alert(1)> </noscript> {{script}} &lt;b&gt; \\u003c \u2028 \u2029 "
    "\udcff \ud800 \u202egnp.exe\u202c \u2066 \x1b]0;t\x07\x1b[31m \x00 \u200b \u3164 \U000e0041 ' \" `"
)


def found(text: str, table: dict[str, tuple[str, Reason]]) -> Repair:
    """The repair that puts what the table says for each of its keys; what is unsure or a flag becomes a doubt."""
    places = re.finditer("|".join(map(re.escape, table)), text)
    changes = [Change(match.start(), match.group(), table[match.group()][0], (table[match.group()][1],)) for match in places]
    sure = tuple(change for change in changes if change.confidence >= 0.9)
    return Repair(text, "", sure, tuple(change for change in changes if change not in sure), ())


def block(text: str, line: int = 1) -> Block:
    return Block(text, "utf-8", b"", b"", "given", line)


def page_of(*texts: tuple[str, str], table: dict[str, tuple[str, Reason]] = TABLE) -> Webpage:
    page = Webpage()
    for name, text in texts:
        page.add(name, block(text), found(text, table))
    return page


def many(number: int) -> Webpage:
    """A page of so many changes, three to an excerpt."""
    page = Webpage()
    lines, changes, at = [], [], 0
    for chapter in range(number // 3):
        line = f"Chapter {chapter}: she wrote that the ferry wouldn?t run before â€œnoonâ€\x9d, as it always had in the forty years that nobody counted.\n"
        for before, after, reason in (("?", "’", GLYPHS), ("â€œ", "“", MOJIBAKE), ("â€\x9d", "”", MOJIBAKE)):
            changes.append(Change(at + line.index(before), before, after, (reason._replace(note=f"{reason.note} {chapter % 90}"),)))
        lines.append(line)
        at += len(line)
    text = "".join(lines)
    page.add("many.txt", block(text), Repair(text, "", tuple(changes), (), ()))
    return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, f"these tests need a browser: none of {', '.join(BROWSERS)} is on PATH (Debian, Ubuntu: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])
        yield browser
        browser.close()


AUTOFOCUS = "Autofocus processing was blocked"
"""What Chromium says where a test was quicker with a key than the page with its focus: nothing is wrong with the page."""


class Opened:
    """A page in a window of its own, and what it did that it must not do."""

    def __init__(self, browser: Browser, file: Path, **options: object) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("request", lambda request: None if request.url == file.as_uri() else self.wrong.append(f"request {request.url}"))
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("console", lambda message: None if AUTOFOCUS in message.text else self.wrong.append(f"console {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        self.context.on("page", lambda page: self.wrong.append(f"window {page.url}"))
        self.page.goto(file.as_uri())


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[object]:
    """Write a page to a file and open it; at the end nothing may have gone wrong in it."""
    opened: list[Opened] = []

    def call(page: Webpage, **options: object) -> Page:
        file = tmp_path / f"{len(opened)}.html"
        file.write_bytes(b"".join(page.chunks()))
        opened.append(Opened(browser, file, **options))
        return opened[-1].page

    yield call
    for each in opened:
        assert each.wrong == []
        each.context.close()


def rows(page: Page, side: str) -> list[list[str]]:
    """For each excerpt its lines on this side."""
    return page.locator(".excerpt").evaluate_all(
        "(all, side) => all.map((one) => [...one.querySelectorAll(`.${side} .line p`)].map((line) => line.textContent))", side
    )


def test_the_page_shows_what_the_terminal_shows(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("article.txt", ARTICLE)))
    expect(page.locator("h1")).to_have_text("4 changes")
    expect(page.locator(".left")).to_have_text("1 unsure and 1 flagged, left as they are.")
    expect(page.locator(".header")).to_have_text("article.txtutf-82 mojibake, 1 glyphs, 1 spam")
    assert rows(page, "old") == [
        [
            "She wrote that the ferry wouldn?t run before the storm had passed, and that … as they always did, and waited for the fer↵",
            "BUY NOW ry in the rain.",
        ],
        ["船は七時に出ます。â€œパンâ€<U+009D>と上着を持ってきてください。島にはほかの船がありません。"],
        ["the caf? is open"],
        ["bet here"],
    ]
    assert rows(page, "new") == [
        ["She wrote that the ferry wouldn’t run before the storm had passed, and that … as they always did, and waited for the ferry in the rain."],
        ["船は七時に出ます。「パン」と上着を持ってきてください。島にはほかの船がありません。"],
        ["the café is open"],
        [],
    ]
    whys = [[re.sub("\u00a0", " ", line) for line in why.locator("li").all_inner_texts()] for why in page.locator(".why").all()]
    assert whys == [
        ["glyphs a contraction 99.9 %", "spam BUY NOW, 9 points 99.5 %"],
        ["mojibake utf-8 read as cp1252 ×2 95.0 %"],
        ["glyphs one word fits ", "unsure (70.0 %), not made"],
        ["spam a word of the trade ", "flagged, left as it is"],
    ]
    assert page.locator(".sign-of").all_inner_texts() == ["−", "", "+", "−", "+", "?", "?", "!"]
    assert page.locator(".old .number").all_inner_texts() == ["2", "3", "4", "5", "6"]
    assert page.locator("tbody tr").all_inner_texts() == [
        "99.9 % or more\t1\t–\t–\t1",
        "99 to 99.9 %\t–\t1\t–\t1",
        "90 to 99 %\t–\t–\t2\t2",
        "unsure, not made\t1\t–\t–\t1",
        "flagged, left as it is\t–\t1\t–\t1",
    ]
    expect(page.locator("del.cut")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys_step_through_the_changes_and_open_them(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("one.txt", ARTICLE), ("clean.txt", "Nothing.\n"), ("two.txt", HEBREW), ("three.txt", ARTICLE)))
    expect(page.locator("h1")).to_have_text("11 changes in 3 of 4 files")
    place = page.locator(".detail .place")
    page.keyboard.press("j")
    expect(place).to_contain_text("Change 1 of 15")
    expect(place).to_contain_text("line 2, column 31")
    for key, number in (("j", 2), ("j", 3), ("k", 2), ("n", 7), ("n", 10), ("n", 10), ("p", 7), ("p", 1), ("k", 1)):
        page.keyboard.press(key)
        expect(place).to_contain_text(f"Change {number} of 15")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.change") == "2", "focus goes with it"
    expect(page).to_have_url(re.compile("#c3$"))
    assert page.locator(".notes p").all_inner_texts() == [
        "utf-8 read as cp1252",
        "31 nats likelier than the text as it stands",
        "next, 4 nats behind: „, cp437",
    ]
    assert page.locator(".points").first.inner_text().split() == ["â", "U+00E2", "€", "U+20AC", "œ", "U+0153"]
    expect(page.locator(".open")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator(".detail")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    expect(page.locator("#query")).to_have_value("jk?")
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_have_value("")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator(".detail")).to_have_count(0)


def test_every_control_is_reached_by_keyboard(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("one.txt", ARTICLE), ("two.txt", HEBREW)))
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("(() => { const e = document.activeElement; return e.id || e.dataset.change || e.getAttribute('class') || e.textContent; })()")
        )
        assert page.evaluate(
            "(() => { const e = document.activeElement; return e === document.body || e.matches('.chip *') || getComputedStyle(e).outlineStyle !== 'none'; })()"
        )
    assert {"skip", "theme", "help", "name", "strip", "query", "file", "previous", "next", "least", "0", "5"} <= set(seen)
    assert seen.count("0") == 1, "a change is one stop, not one for each of its places"


def test_a_change_opens_by_click_by_its_reason_and_by_its_address(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("article.txt", ARTICLE)))
    page.locator("ins", has_text="n’t").click()
    expect(page.locator(".detail")).to_have_attribute("aria-label", "Change 1 of 6")
    page.locator(".why a", has_text="utf-8 read as").click()
    expect(page.locator(".detail")).to_have_attribute("aria-label", "Change 3 of 6")
    page.locator("del", has_text="â€œ").click()
    expect(page.locator(".detail")).to_have_count(0)
    page.evaluate("location.hash = '#c5'")
    expect(page.locator(".detail")).to_have_attribute("aria-label", "Change 5 of 6")


def test_filters(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("one.txt", ARTICLE), ("two.txt", HEBREW)))
    count, excerpts = page.locator("#count"), page.locator(".excerpt")
    expect(count).to_have_text("9 changes")
    page.get_by_label("mojibake").uncheck()
    expect(count).to_have_text("5 of 9 changes")
    page.get_by_label("mojibake").check()
    page.get_by_label("unsure").uncheck()
    page.get_by_label("flagged").uncheck()
    expect(count).to_have_text("7 of 9 changes")
    page.get_by_label("repaired").uncheck()
    expect(count).to_have_text("0 of 9 changes")
    page.get_by_role("button", name="Clear the filters").click()
    expect(count).to_have_text("9 changes")
    page.locator("#least").fill("6")
    expect(page.locator("#level")).to_have_text("≥ 99.9 %")
    expect(count).to_have_text("3 of 9 changes")
    expect(page.locator("del.off")).to_have_count(2)
    page.get_by_role("button", name="Clear", exact=True).click()
    page.locator("#file").select_option(label="two.txt")
    expect(excerpts).to_have_count(2)
    page.keyboard.press("Escape")
    page.locator("#query").fill("FERRY IN THE")
    expect(excerpts).to_have_count(1)
    assert page.evaluate("CSS.highlights.get('found').size") == 0, "what stands across a mark is found all the same"
    page.locator("#query").fill("contraction")
    expect(excerpts).to_have_count(2)
    assert page.evaluate("CSS.highlights.get('found').size") == 2


def test_the_strip_says_where_the_damage_lies(show) -> None:  # type: ignore[no-untyped-def]
    text = "a quiet line\n" * 50 + "donn?t\n" + "a quiet line\n" * 149 + "and â€œ\n"
    page = show(page_of(("long.txt", text)))
    strip = page.locator("#strips svg.strip")
    places = strip.evaluate("(svg) => [...svg.querySelectorAll('path:not(.cursor)')].map((path) => [path.getAttribute('class'), path.getBBox().x / 160])")
    assert [name for name, _ in places] == ["p-glyphs", "p-mojibake"]
    assert 0.24 < places[0][1] < 0.26 and places[1][1] > 0.99
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + 10)
    expect(page.locator(".detail .place")).to_contain_text("line 51, column 4")
    strip.focus()
    page.keyboard.press("End")
    expect(page.locator(".detail .place")).to_contain_text("line 201")
    expect(strip).to_have_attribute("aria-valuetext", re.compile("line 201, mojibake"))
    page.keyboard.press("ArrowLeft")
    expect(strip).to_have_attribute("aria-valuenow", "1")
    assert page.evaluate("document.activeElement.closest('#strips') !== null"), "the strip keeps the focus"
    page.locator("#least").fill("6")
    expect(strip).to_have_attribute("aria-valuemax", "1")


def test_text_obeys_its_own_direction(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("hebrew.txt", HEBREW)))
    line = page.locator(".new .line p").first
    assert line.evaluate("(p) => getComputedStyle(p).direction") == "rtl"
    first, mark = line.evaluate(
        "(p) => { const r = new Range(); r.setStart(p.firstChild, 0); r.setEnd(p.firstChild, 4);"
        " return [r, p.querySelector('ins')].map((one) => one.getBoundingClientRect().left); }"
    )
    assert first > mark, "what comes first stands to the right"


def test_hostile_text_is_shown_as_text(show) -> None:  # type: ignore[no-untyped-def]
    table = {"teh": (f"the{HOSTILE}", Reason("mojibake.row", f"{HOSTILE}; {HOSTILE}", 0.95)), "bet": ("bet", FLAG)}
    page = show(page_of((f"{HOSTILE}\n.txt", f"{HOSTILE}teh{HOSTILE}\nbet {HOSTILE}\n"), table=table))
    expect(page.locator("#count")).to_have_text("2 changes")
    page.keyboard.press("j")
    expect(page.locator(".detail")).to_be_visible()
    assert visible(HOSTILE) in "".join(rows(page, "new")[0])
    assert page.locator(".notes p").first.text_content() == visible(HOSTILE).partition("; ")[0]
    assert page.locator("script").count() == 2 and page.locator("img, iframe, object, link").count() == 0
    assert "owned" not in page.title().replace("title='owned'", "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]", page.locator("body").inner_text())
    plain = show(page_of((f"{HOSTILE}\n.txt", f"{HOSTILE}teh\n"), table=table), java_script_enabled=False)
    assert visible(HOSTILE) in plain.locator(".plain").inner_text().replace("\n", " ")
    assert plain.locator("img").count() == 0


def test_the_policy_forbids_everything_else(show) -> None:  # type: ignore[no-untyped-def]
    """Even what got in: no script but ours runs, no style, nothing is fetched."""
    made = b"".join(page_of(("article.txt", ARTICLE)).chunks()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)
    assert policy and re.fullmatch(r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; base-uri 'none'; form-action 'none'", policy[1])
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|\bsrc=|@import|url\(|innerHTML|document\.write", made)


def test_without_scripts_there_is_a_list(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("article.txt", ARTICLE)), java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("4 changes")
    expect(page.locator(".bar")).to_be_hidden()
    items = page.locator(".plain li").all_inner_texts()
    assert len(items) == 6
    assert items[0] == "article.txt:2:31 glyphs n?t → n’t a contraction (99.9 %)"
    assert items[4] == "article.txt:5:5 glyphs caf? → café one word fits (unsure, not made)"
    assert items[5] == "article.txt:6:1 spam bet here a word of the trade (flagged, left as it is)"
    assert b"<li>and 100 more" in b"".join(many(LISTED + 100).chunks())


def test_paper_gets_all_that_is_shown(show) -> None:  # type: ignore[no-untyped-def]
    page = show(many(300))
    assert page.locator(".excerpt").count() < 100
    page.locator("#query").fill("chapter 1")
    expect(page.locator("#count")).to_have_text(re.compile("^33 of"))
    page.locator("#query").fill("")
    expect(page.locator("#count")).to_have_text("300 changes")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".excerpt")).to_have_count(100)
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#printed")).to_be_hidden()
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("a[data-change]:not([href])").count() == 0


def test_narrow_dark_and_still(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("article.txt", ARTICLE)), viewport={"width": 390, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    old, new = (page.locator(f".{side}").first.bounding_box() for side in ("old", "new"))
    assert new["y"] >= old["y"] + old["height"] - 1, "one under the other"
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("#filter").click()
    expect(page.locator("#filters")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(19, 21, 24)"
    page.locator("#theme").click()
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(247, 246, 242)"
    page.keyboard.press("j")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_hundred_thousand_changes_stay_usable(show) -> None:  # type: ignore[no-untyped-def]
    page = show(many(99_999))
    expect(page.locator("#count")).to_have_text("99,999 changes")
    took = page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
    assert took < 6000, "1.2 s on a quiet machine"
    assert page.evaluate("document.querySelectorAll('*').length") < 20_000
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".detail .place")).to_contain_text("Change 2 of 99,999")
    page.locator("#strips svg.strip").focus()
    page.keyboard.press("End")
    expect(page.locator(".detail .place")).to_contain_text("Change 99,999 of 99,999")
    expect(page.locator(".excerpt", has_text="Chapter 33332:")).to_be_in_viewport()
    for part in range(1, 45):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part} / 45)")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator(".excerpt").count() < 50 * 25, "what was passed long ago is dropped"
    page.locator("#query").fill("chapter 777:")
    expect(page.locator("#count")).to_have_text("3 of 99,999 changes")


def test_a_line_of_very_many_changes_is_shown_in_pieces(show) -> None:  # type: ignore[no-untyped-def]
    text = "teh " * 5000
    changes = tuple(Change(at, "teh", "the", (MOJIBAKE,)) for at in range(0, len(text), 4))
    page = Webpage()
    page.add("dense.txt", block(text), Repair(text, "", changes, (), ()))
    opened = show(page)
    expect(opened.locator("#count")).to_have_text("5,000 changes")
    assert rows(opened, "new")[:2] == [["the " * CROWD + "…"], ["…" + " the" * CROWD + " …"]]
    (hunk,) = hunks(text, changes, starts(text))
    pieces = list(webpage._crowds(hunk))
    assert [change for piece in pieces for change in piece.changes] == list(changes)
    assert pieces[0].start == 0 and pieces[-1].end == len(text) and max(len(piece.changes) for piece in pieces) == CROWD


def test_what_comes_or_goes_without_a_counterpart_can_be_opened(show) -> None:  # type: ignore[no-untyped-def]
    text = "one\ntwo\nBUY"
    changes = (Change(1, "", "x", (GLYPHS,)), Change(3, "\n", " ", (GLYPHS,)), Change(8, "BUY", "", (SPAM,)), Change(11, "", "end", (GLYPHS,)))
    page = Webpage()
    page.add("a.txt", block(text), Repair(text, "", changes, (), ()))
    opened = show(page)
    assert rows(opened, "old") == [["one↵", "two"], ["BUY"]] and rows(opened, "new") == [["oxne two"], ["end"]]
    for number in "1234":
        opened.keyboard.press("j")
        expect(opened.locator(".detail .place")).to_contain_text(f"Change {number} of 4")
        assert opened.evaluate("document.activeElement.tabIndex") == 0
    expect(opened.locator("a.gap:visible")).to_have_count(3)


def test_no_damage(show) -> None:  # type: ignore[no-untyped-def]
    page = show(page_of(("a.txt", "Quiet.\n"), ("b.txt", "Quiet.\n")))
    expect(page.locator("h1")).to_have_text("No damage in 2 files")
    for part in (".bar", ".where", "table"):
        expect(page.locator(part)).to_be_hidden()
    page.keyboard.press("j")
    expect(show(Webpage()).locator("h1")).to_have_text("No damage in 0 files")


def test_blocks_of_one_input_are_one_file(show) -> None:  # type: ignore[no-untyped-def]
    page = Webpage()
    for line in 1, 3:
        page.add("a.txt", block("one\nwouldn?t\n", line), found("one\nwouldn?t\n", TABLE))
    page.add("a.txt", block("wouldn?t\n"), found("wouldn?t\n", TABLE))
    opened = show(page)
    expect(opened.locator("h1")).to_have_text("3 changes in 2 of 2 files")
    expect(opened.locator(".header")).to_have_count(2)
    assert opened.locator(".number").all_inner_texts() == ["2", "", "4", "", "1", ""]


def test_the_same_input_gives_the_same_page() -> None:
    assert [*page_of(("a", ARTICLE)).chunks()] == [*page_of(("a", ARTICLE)).chunks()]


def test_memory_holds_what_was_found_not_what_was_read() -> None:
    text = "a quiet line of an article that nobody damaged\n" * 80_000 + "donn?t\n"
    repair = found(text, TABLE)
    page = Webpage()
    tracemalloc.start()
    page.add("a.txt", block(text), repair)
    del text, repair
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 50_000


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXT = [(ink, ground) for ink in ("ink", "quiet") for ground in ("paper", "sheet")]
TEXT += [
    ("gone-ink", "gone"),
    ("come-ink", "come"),
    ("doubt-ink", "doubt"),
    ("doubt-ink", "sheet"),
    ("gone-ink", "sheet"),
    ("come-ink", "sheet"),
    ("ink", "found"),
]
SIGNS = [(ink, ground) for ink in ("mojibake", "spam", "glyphs", "other", "accent", "edge") for ground in ("paper", "sheet")]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough(scheme: int) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for signs and borders of controls."""
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", webpage._asset("page.css")))
    for pairs, least in ((TEXT, 4.5), (SIGNS, 3)):
        for ink, ground in pairs:
            dark, light = sorted(luminance(tokens[name].split(", ")[scheme]) for name in (ink, ground))
            assert (light + 0.05) / (dark + 0.05) >= least, (ink, ground)


VECTORS = [
    "</script><script>alert(1)</script>",
    "</ScRiPt\t><svg/onload=alert(1)>",
    "<!--<script>",
    "]]><img src=//evil.example/x onerror=alert(1)>",
    "'\"><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<style>@import '//evil.example/x'</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href=//evil.example/>",
    "<a href=javascript:alert(1)>x</a>",
    "{{excerpts}}{{policy}}",
    "${alert(1)}`",
    "\\u003c/script\\u003e\\",
    "&lt;img src=x onerror=alert(1)&gt;",
    "\u2028alert(1)\u2029",
    '"onmouseover=alert(1) x="',
    "__proto__",
    "\ufffe\x85\x0b\x0c",
]


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_that_an_article_says_runs_or_is_fetched(show, scripts: bool) -> None:  # type: ignore[no-untyped-def]
    """Each vector as text, as what is gone and what has come, as codec, rule, reason and name of a file; then the page is used."""
    made = Webpage()
    for number, vector in enumerate(VECTORS):
        text = f"{vector} teh {vector} caf? {vector}\n"
        reasons = Reason(f"mojibake.{vector}", vector, 0.95), Reason(f"{vector}.x", f"{vector}; {vector}", 0.7)
        repair = found(text, {"teh": (vector, reasons[0]), "caf?": (f"café{vector}", reasons[1])})
        made.add(f"{vector}/{number}.txt", block(text)._replace(encoding=vector), repair)
    page = show(made, java_script_enabled=scripts)
    if scripts:
        expect(page.locator("#count")).to_contain_text("changes")
        for key in ("j", "j", "Enter", "n", "k", "/"):
            page.keyboard.press(key)
        page.keyboard.type("<script>")
        page.wait_for_timeout(200)
        attributes = "(all) => all.flatMap((one) => [...one.attributes].map((each) => each.name)).filter((name) => /^on|^x$/.test(name))"
        assert page.locator("*").evaluate_all(attributes) == []
    forbidden = "iframe, img, object, embed, base, link, main style, main script, main meta, a[href^=javascript]"
    assert page.locator(forbidden).count() == 0
    assert (page.locator("script").count(), page.locator("style").count()) == (2, 1) or not scripts
