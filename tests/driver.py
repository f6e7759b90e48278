"""The command with passes of its own, small and sure, so that what is tested here is the command: `python tests/driver.py ARGUMENT...`.

mojibake: UTF-8 read as cp1252, if the whole run decodes. spam: the words BUY NOW, with the space behind them. glyphs: `n?t` is `n’t`, and `caf?` is perhaps
`café`. bug: the word CRASH raises. wait: a text that ends in WAIT waits for a file. And no codec explains bytes that are no UTF-8 and hold the word RIDDLE.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import summitfix
from summitfix.core import Change, Document, Pass, Reason, SummitfixError
from summitfix.detect import Decoded

MISREAD = re.compile("[\xc2-\xf4â][\u0080-\u00ff€‚-™ŒœŠšŸŽžƒ]{1,3}")


def mojibake(document: Document) -> Iterator[Change]:
    for match in MISREAD.finditer(document.text):
        try:
            meant = match.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        yield Change(match.start(), match.group(), meant, (Reason("mojibake.utf-8-as-cp1252", "utf-8 read as cp1252", 0.998),))


def spam(document: Document) -> Iterator[Change]:
    for match in re.finditer(r"BUY NOW\s?", document.text):
        yield Change(match.start(), match.group(), "", (Reason("spam.shop", "spam: BUY NOW, 9 points", 0.995),))


def glyphs(document: Document) -> Iterator[Change]:
    for match in re.finditer(r"(?<=n)\?(?=t\b)", document.text):
        yield Change(match.start(), "?", "’", (Reason("glyphs.apostrophe", "a contraction", 0.999),))
    for match in re.finditer(r"caf\?", document.text):
        yield Change(match.start(), "caf?", "café", (Reason("glyphs.letter", "a word with one reading", 0.7),))


def wait(document: Document) -> Iterator[Change]:
    """Where the text asks for it, say so and wait until a file called `go` is there: time for a test to meddle."""
    if document.text.endswith("WAIT\n"):
        print("waiting", flush=True)
        while not Path("go").exists():
            time.sleep(0.01)
    return iter(())


def bug(document: Document) -> Iterator[Change]:
    if "CRASH" in document.text:
        raise ZeroDivisionError("planted")
    return iter(())


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    if b"RIDDLE" in data:
        raise SummitfixError("no codec explains it")
    return summitfix.decode(data, encoding=encoding)


PASSES: dict[str, Pass] = {"mojibake": mojibake, "spam": spam, "glyphs": glyphs, "bug": bug, "wait": wait}

if __name__ in ("__main__", "__mp_main__"):  # the processes of -j have these passes too
    from summitfix import files

    files.decode = decode
    summitfix.CHAIN.clear()
    summitfix.CHAIN.update(PASSES)

if __name__ == "__main__":
    from summitfix.cli import run

    run()
