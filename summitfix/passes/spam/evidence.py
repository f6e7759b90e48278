"""What speaks for a span being spam, in points, and when that is enough.

Content is what a span says, structure where it stands. Neither alone cuts anything: lists of keywords are quoted in honest texts, and foreign lines
stand in bilingual ones. Points and guards were measured on 477 million characters of documentation, manual pages, source code and sentences in 73
languages: nothing was cut, eight places were shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import name

from summitfix.passes.spam.page import CASELESS, ENDS, UNSPACED, Page
from summitfix.passes.spam.phrases import HOUSE, LURE, STRONG, WORD, Claim

CUT = 6
"""Points from which a span is cut, if it has content, structure, and something the lexicon knows or that no honest text does."""

FLAG = 4
"""Points from which a span with any content is shown."""

POINTS = {
    # content
    "phrase": 3,  # a strong phrase
    "more phrases": 1,  # for a second one, and again for a third
    "word of the trade": 1,
    "saturated": 2,  # hardly anything but phrases, several of them
    "keyword list": 4,  # four parts and more without spaces, half of them phrases
    "contact list": 3,  # nothing but links, handles and numbers, two and more
    "contact": 2,  # link, handle, brand with figures, price
    "foreign script": 2,  # less than a twentieth of the rest
    "foreign language": 2,  # phrases of a language that the text is not in
    "foreign codec": 1,  # and it had to be decoded by another codec than the rest
    "mixed letters": 3,  # several styles of fancy letters, or a name chopped up, in one token
    "hidden": 3,  # markup that no reader sees
    # form
    "no sentence": 1,
    "sentence": -2,
    # structure
    "split word": 4,  # taking it out joins a word
    "split text": 3,  # a foreign script inside running text of a script without word ends
    "glued": 3,  # to the first word of a paragraph or to the end of one, without a space
    "breaks a sentence": 2,
    "broken word": 2,  # what it stands between are no words
    "set apart": 0,  # behind a comma or a stop: the sentence does without it
    "between paragraphs": 2,  # of running text that has nothing to do with it
    "at the end": 1,
    "between sentences": 2,  # a keyword line run into a paragraph, without a stop
    "siblings": 2,  # another span of its family splits a word or breaks a sentence
    # guards
    "a list": -2,
}

CONTENT = frozenset({"phrase", "keyword list", "contact list", "foreign script", "mixed letters", "hidden"})
STRUCTURE = frozenset({"split word", "split text", "glued", "breaks a sentence", "broken word", "between paragraphs", "between sentences"})
SELF_PROVING = frozenset({"keyword list", "mixed letters", "hidden"})
"""Content that carries its own structure."""

LINK = re.compile(
    r"(?<![a-z0-9])(?:https?://|www\.)|\[url=|<a\s|t\.me/|\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|(?<![a-z0-9-])[a-z0-9-]{2,63}(?:\.|\s?。\s?)(?:com|net|org|top|xyz|vip|cc|online|site|club|shop|info|bet|win|app|live|pro|biz|icu|fun|asia|me|tv|link|store)(?![a-z0-9_.])"
)
BRAND = re.compile(
    r"(?<![a-z0-9_.])(?:[a-z]{1,8}\d{2,4}|\d{2,3}(?:bet|win|club|vip)|@[a-z][a-z0-9_]{3,})(?![a-z0-9_])|(?:飞机|電報|电报|威信|微信|qq|line)\s*[:：@]|1xbet|bet365"
)
PRICE = re.compile(r"[$€£¥₩]\s?\d|\d\s?[$€£]|(?<!\d)[1-5]00\s?%")
DISGUISE = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9]|[\\[({]\\.[\\])}]|[。．.]\\s?(?:[cｃ][o0ｏ][mｍ]|0rg)(?<!com)", re.IGNORECASE)
"""What a name in disguise cannot be without."""

TOKEN = re.compile(r"\S+")
FIGURE_IN_DOMAIN = re.compile(r"\.[a-z]*0[a-z]*$")
MESSENGER = re.compile(r"(?:飞机|電報|电报|威信|微信|加微|qq|line)\s*[:：@]|(?<![a-z0-9.])\d{4,10}\.(?:com|net|cc|vip|top)")
FANCY = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9]")
CHOPPED = re.compile(r"(?<![a-z0-9/])/{0,3}[a-z0-9]{1,40}(?:/{1,3}[a-z0-9]{1,40}){1,9}/{0,3}[\[({]\.[\])}](?:com|net|org|cc|me|io|co|xyz)\b")
SEPARATOR = re.compile(r"[,_|、]|\s-\s")
CODE = re.compile(r"[{};=\\]|^['\"/`]|['\"/`],?$")
VERB_ENDINGS = re.compile(r"(?:다|요|까|죠|です|ます|でした|ました|である|した)[.。!?！？]?$")


class Content(NamedTuple):
    """What a span says: the items it earns, its family, and how much of it the lexicon covers (0 to 1)."""

    items: tuple[str, ...]
    family: str
    covered: float


def content(page: Page, start: int, end: int) -> Content:
    """Judge what `page.plain[start:end]` says, without regard to where it stands."""
    folded = page.folded[start:end]
    claimed = page.claimed(start, end)
    strong = [claim for claim in claimed if claim.strong]
    family = max(claimed, key=lambda claim: claim.strong).family.name if claimed else ""
    words = {find.word for claim in claimed for find in claim.finds}
    items: list[str] = []
    phrases = sum(claim.strong for claim in strong)
    if strong:
        items += ["phrase", *["more phrases"] * min(2, phrases - 1)]
    if claimed and any(find.strength < STRONG for claim in claimed for find in claim.finds):
        items.append("word of the trade")
    link, brand, price = LINK.search(folded) or CHOPPED.search(folded), BRAND.search(folded), PRICE.search(folded)
    if link or brand or price:
        items.append("contact")
    covered = coverage(page, start, end, claimed)
    long = len(WORD.findall(folded)) > 3 or (page.main == "j" and end - start > 9)
    if covered > 0.6 and (phrases > 1 or len(words) > 3 or (strong and (long or bool(link or brand)))):
        items.append("saturated")
    if is_keyword_list(folded, page, start):
        items.append("keyword list")
    if (
        strong
        and page.language
        and form(page, start, end) != "sentence"
        and not any(find.family.language == page.language for claim in strong for find in claim.finds if find.strength > LURE)
    ):
        latin = page.marks[start:end].count("a") * 2 > sum(map(str.isalpha, page.marks[start:end]))
        items.append("foreign language" if latin and strong[0].family.language not in {"en", HOUSE, page.language} else "")
    if len(contacts(page, start, end)) == 1 and covered < 0.5:
        items.append("contact list")
    shape = form(page, start, end)
    if disguised(page, start, end):
        items.append("mixed letters")
        shape = ""  # a name in disguise is advertised in sentences too
    items.append(shape)
    return Content(tuple(item for item in items if item), family, covered)


def disguised(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The extents of names in disguise: several styles of letters in one token, a domain in fancy letters or with figures for letters, or chopped up."""
    if not DISGUISE.search(page.plain, start, end):
        return []
    found = []
    for match in TOKEN.finditer(page.plain, start, end):
        first, last = match.start(), match.start() + len(match.group().rstrip(".,;:!?")) if page.main not in UNSPACED else match.end()
        if is_disguised(page, first, last):
            found.append((first, last))
    return found


def is_disguised(page: Page, start: int, end: int) -> bool:
    """Whether one token is a name in disguise. Full-width letters are at home in Japanese and Korean."""
    if CHOPPED.search(page.folded, start, end):
        return True
    for match in LINK.finditer(page.folded, start, end):
        spelled = page.plain[match.start() : match.end()].lower()
        foreign = not spelled.replace("．", ".").isascii() and (page.main not in CASELESS or FANCY.search(spelled))
        if spelled != match.group() and (foreign or FIGURE_IN_DOMAIN.search(spelled)):
            return True
    token = page.plain[start:end]
    return len(FANCY.findall(token)) > 2 and styles(token) > 2


def contacts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The extents of two and more links and handles that follow each other with hardly anything between them, one at least that only spam uses."""
    if not MESSENGER.search(page.folded, start, end):
        return []
    found = sorted(match.span() for expression in (LINK, BRAND) for match in expression.finditer(page.folded, start, end))
    groups: list[list[tuple[int, int]]] = []
    for extent in found:
        if groups and extent[0] - groups[-1][-1][1] <= 6 and not re.search(r"[.。!?]\s|\s\w{3}", page.plain[groups[-1][-1][1] : extent[0]]):
            groups[-1].append(extent)
        else:
            groups.append([extent])
    extents = [(group[0][0], max(last for _, last in group)) for group in groups if len(group) > 1]
    return [extent for extent in extents if MESSENGER.search(page.folded, *extent)]


def styles(token: str) -> int:
    """How many styles the letters of a token are in: bold, italic, script, plain."""
    found = set()
    for character in filter(str.isalpha, token):
        words = name(character, "").split()
        found.add(" ".join(words[1:-2]) if words[:1] == ["MATHEMATICAL"] else words[0] if words[:1] == ["CIRCLED"] else "PLAIN")
    return len(found)


def coverage(page: Page, start: int, end: int, claimed: list[Claim]) -> float:
    """Which part of the letters of an extent the finds cover; links and figures do not count."""
    letters = sum(mark.isalpha() for mark in page.marks[start:end])
    linked = sum(sum(mark.isalpha() for mark in page.marks[start + match.start() : start + match.end()]) for match in LINK.finditer(page.folded[start:end]))
    extents = {(find.start, find.end) for claim in claimed for find in claim.finds}
    found = sum(sum(map(str.isalpha, page.marks[first:last])) for first, last in extents)
    return min(1.0, found / max(letters - linked, 1))


def is_keyword_list(folded: str, page: Page, start: int) -> bool:
    """Four parts or more, joined by commas, bars or underscores, and half of them known to the lexicon."""
    parts, at = [], 0
    for part in SEPARATOR.split(folded):
        at = folded.index(part, at)
        if part.strip():
            parts.append((start + at, start + at + len(part)))
        at += len(part)
    known = [claimed for claimed in (page.claimed(*part) for part in parts) if claimed]
    strong = sum(any(claim.strong for claim in claimed) for claimed in known)
    return (
        len(parts) >= 4 and len(known) * 2 >= len(parts) and strong > 1 and max(last - first for first, last in parts) < 40 and not CODE.search(folded.strip())
    )


def form(page: Page, start: int, end: int) -> str:
    """Whether an extent looks like keywords or like a sentence."""
    text = page.plain[start:end].rstrip(" ?\t")
    tokens = WORD.findall(page.folded, start, end)
    ended = text[-1:] in ENDS and not LINK.search(page.folded[end - 30 if end - start > 30 else start : end])
    if (
        (ended and (len(tokens) > 3 or (page.main == "j" and end - start > 14)))
        or (len(tokens) >= 5 and page.stop_share(start, end) >= 0.25)
        or VERB_ENDINGS.search(text)
    ):
        return "sentence"
    return "no sentence" if len(tokens) <= 14 and len(text) < 120 and not ended else ""


def is_foreign(page: Page, mark: str, elsewhere: int) -> bool:
    """Whether a script is foreign to the text: less than a twentieth of its letters, `elsewhere` of them outside of spans that are under suspicion."""
    rest = page.letters[page.main]
    return page.is_other(mark) and rest >= 40 and elsewhere * 20 < rest + elsewhere
