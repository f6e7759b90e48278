"""What is printed: standard output carries the product alone (repaired text, a diff, a list), standard error all that is meant for a person.

It depends on options only; a terminal changes its dress.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from summitfix.core import SummitfixError
from summitfix.options import Settings
from summitfix.terminal import flat

if TYPE_CHECKING:
    from summitfix.progress import Progress


class Unwritable(SummitfixError):
    """Standard output takes no more."""


class Voice:
    """What is shown and what is said, as loud as was asked for. A sign of life makes way for both."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.progress: Progress | None = None

    def show(self, text: str, *, exact: bool = False) -> None:
        """Print a view or a list, unless only the exit code is wanted; if `exact`, in UTF-8 whatever the terminal can show."""
        if self.progress:
            self.progress.pause()
        if self.settings.quiet < 2:
            codec = "utf-8" if exact else getattr(sys.stdout, "encoding", None) or "utf-8"
            product((text.encode(codec, "surrogateescape" if exact else "backslashreplace"),))

    def note(self, text: str, level: int = 0) -> None:
        """Say something that only those who asked for `level` times --verbose hear."""
        if self.hears(level):
            self.tell(text)

    def hears(self, level: int) -> bool:
        """Whether somebody asked for what is said at this level."""
        return self.settings.verbose - self.settings.quiet >= level

    def complain(self, text: str) -> None:
        """A line on what is trouble."""
        if self.settings.quiet < 2:
            self.tell(f"summitfix: {text}")

    def tell(self, text: str) -> None:
        """A line on standard error, with no progress in its way, and nothing in it that a terminal obeys."""
        if self.progress:
            self.progress.pause()
        say(flat(text))


def product(chunks: Iterable[bytes]) -> None:
    """Write to standard output. Raises Unwritable."""
    for chunk in chunks:
        try:
            if sys.stdout is None:
                raise OSError(errno.EBADF, "it is closed")
            rest = memoryview(chunk)
            while rest:  # with PYTHONUNBUFFERED the system may take a part only, and says why at the next try
                taken = sys.stdout.buffer.write(rest)
                if taken is None:
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                rest = rest[taken:]
        except OSError as error:
            raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def flush() -> None:
    """Hand what is buffered to the system. Raises Unwritable."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def say(text: str, end: str = "\n") -> None:
    """A line on standard error; if nobody listens there, nobody listens."""
    if sys.stderr is not None:  # print would take None for standard output
        with suppress(OSError, ValueError):
            print(text, end=end, file=sys.stderr, flush=True)


def isatty(stream: TextIO | None) -> bool:
    """Whether somebody looks at `stream`."""
    return stream is not None and stream.isatty()


def colour(stream: TextIO | None, settings: Settings) -> bool:
    """Whether to use colour on `stream`: what was asked for, then the environment's conventions, then whether it is a terminal."""
    given, environment = settings.color, os.environ
    if settings.no_color or given in ("always", "never"):
        return given == "always" and not settings.no_color
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0") or environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return isatty(stream)
