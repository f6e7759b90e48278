"""Links that no reader sees: in boxes of one pixel, off-screen or not displayed, or on nothing but a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summitfix.passes.spam.page import Page
from summitfix.passes.spam.seams import Span

TAG = re.compile(r"<(div|span|p|font|section|ul|marquee|td|li|b|i|u|a)\b([^<>]{0,400})>", re.IGNORECASE)
EITHER_TAG = re.compile(r"<(/?)(div|span|p|font|section|ul|marquee|td|li|b|i|u|a)\b[^<>]{0,400}>", re.IGNORECASE)
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|overflow\s*:\s*hidden|(?:width|height)\s*:\s*[01](?:px)?\s*[;\"']|font-size\s*:\s*0"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|opacity\s*:\s*0(?:\.0+)?\s*[;\"']",
    re.IGNORECASE,
)
BOX = re.compile(r"(?:width|height)\s*:\s*[01]px|-\d{3,}px|font-size\s*:\s*0", re.IGNORECASE)
OUTWARD = re.compile(r"<a\s[^<>]{0,400}href\s*=\s*[\"']?https?://", re.IGNORECASE)
STOP_LINK = re.compile(r"\[([。．.,、，;；!！?？])\]\(https?://[^\s()]{3,200}\)")


def is_hiding(text: str) -> bool:
    """Whether there is a style that hides, and a link out, or a link on a mere full stop."""
    return bool((HIDING.search(text) and OUTWARD.search(text)) or STOP_LINK.search(text))


def elements(page: Page) -> Iterator[Span]:
    """A span for each hidden element with links out, and for each link on a mere full stop."""
    closings = _closings(page.plain) if HIDING.search(page.plain) else {}
    done = 0
    for match in TAG.finditer(page.plain):
        if match.start() < done or not HIDING.search(match.group(2)):
            continue
        end = closings.get(match.start(), len(page.plain))
        links = len(OUTWARD.findall(page.plain, match.end(), end))
        claimed = any(claim.strong for claim in page.claimed(match.end(), end))
        if links and (claimed or (links > 1 and BOX.search(match.group(2)))):
            done = end
            yield Span(match.start(), end, *_with_line(page, match.start(), end), "", "element", ("hidden",))
    for match in STOP_LINK.finditer(page.plain):
        yield Span(match.start(), match.end(), match.start(), match.end(), match.group(1), "element", ("hidden", "breaks a sentence", "contact"))


def _closings(text: str) -> dict[int, int]:
    """For each opening tag, by its offset: the offset behind its closing tag."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for match in EITHER_TAG.finditer(text):
        stack = opened.setdefault(match.group(2).lower(), [])
        if not match.group(1):
            stack.append(match.start())
        elif stack:
            ends[stack.pop()] = match.end()
    return ends


def _with_line(page: Page, start: int, end: int) -> tuple[int, int]:
    """The extent with its line break where it has the line to itself."""
    first, last = page.lines[page.line(start)][0], page.lines[page.line(end - 1)][1]
    if page.plain[first:start].strip() or page.plain[end:last].strip():
        return start, end
    return first, page.lines[page.line(end - 1) + 1][0] if page.line(end - 1) + 1 < len(page.lines) else last
