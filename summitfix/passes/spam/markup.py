"""Links in markup that no reader sees: boxes of one pixel, off-screen, not displayed."""

from __future__ import annotations

from collections.abc import Iterator

from summitfix.passes.spam.page import Page
from summitfix.passes.spam.spans import Span


def elements(page: Page) -> Iterator[Span]:
    """A span for each hidden element with links."""
    yield from ()
