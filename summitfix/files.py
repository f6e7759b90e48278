"""Open and read, and cut into blocks: the only module that opens users' files, but for those that write them.

Bytes come in as they are: newlines untouched, byte-order mark kept, stray bytes as surrogate escapes. The unit of decision is a block of at most
1 MiB, so that memory is bounded whatever the input.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import BinaryIO, NamedTuple

from summitfix.core import SummitfixError
from summitfix.detect import Decoded, decode
from summitfix.detect.forms import BOMS
from summitfix.lines import position

BLOCK = 1 << 20
"""Bytes in a block: what is decided upon as one document. A change takes some 200 bytes, and every third byte may be one: 80 MB at the worst."""

SMALL = 64 << 10
"""Bytes of an input that are asked for first: most files have no more, and a buffer for a whole block takes longer to get than they take to read."""

CLEAN = "clean UTF-8"
"""The evidence for text that was decoded without asking any further."""

HEAD = 8192
"""Bytes at the beginning of a file in which a NUL says that it is not text, as git has it."""

STEERING = 1 << 20
"""Bytes of a configuration, a list of what git ignores, or a file of spam rows that a tree brings along."""

MARKS = dict(BOMS)
"""Byte-order marks, longer ones before those they begin with, and the codecs of the text behind them."""

ANY_MARK = tuple(MARKS)

MARKED = {"utf-8-sig": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE, "utf-32": codecs.BOM_UTF32_LE}
"""Codecs whose encoder puts a byte-order mark before every piece it is given, and that mark."""

REPLACED = "no regular file any more; left as it is"
"""What is said of a file in whose place there is something else since it was found."""


class Unread(SummitfixError):
    """No codec explains the input from `data` on, which has been read already."""

    def __init__(self, message: str, data: bytes) -> None:
        super().__init__(message)
        self.data = data


class Binary(Unread):
    """The input is not text."""


class Block(NamedTuple):
    """A part of an input, or the whole of it: `data` are its bytes without the byte-order mark, `text` what they say.

    `line` and `column` (from 1, in code points) are where it begins in the whole; so are `offset`, in code points behind the byte-order mark, and
    `byte_offset`, in bytes, the mark included.
    """

    text: str
    encoding: str
    data: bytes
    bom: bytes
    evidence: str
    line: int = 1
    column: int = 1
    offset: int = 0
    byte_offset: int = 0

    @property
    def stray(self) -> int:
        """How many of its bytes do not decode; they are carried through as they are."""
        return 0 if self.evidence == CLEAN else len(re.findall("[\udc80-\udcff]", self.text))

    @property
    def is_mixed(self) -> bool:
        """Whether some lines were decoded by another codec than the rest."""
        try:
            return self.evidence != CLEAN and self.text.encode(self.encoding, "surrogateescape") != self.data
        except UnicodeEncodeError:  # the other codec has characters that this one lacks
            return True

    def position(self, begins: list[int], offset: int) -> tuple[int, int]:
        """Line and column in the whole input of an offset in this block, whose lines begin at `begins`."""
        line, column = position(begins, offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


def opened(path: str | None, *, regular: bool = False, follow: bool = True) -> BinaryIO:
    """The file at `path`, or standard input, to be read; closing it leaves standard input open.

    `regular` is said of what was a regular file when it was found, and `follow` not of one that was found in a folder: what took its place since may be
    a pipe that nobody writes to, or a link to anywhere. Raises SummitfixError for those.
    """
    more = (os.O_NONBLOCK if regular else 0) | (0 if follow else os.O_NOFOLLOW)

    def number(name: str, flags: int) -> int:
        try:
            found = os.open(name, flags | more)
        except OSError as error:
            if error.errno == errno.ELOOP and not follow:
                raise SummitfixError(REPLACED) from None
            raise
        if regular and not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise SummitfixError(REPLACED)
        return found

    return open(0, "rb", closefd=False) if path is None else open(path, "rb", opener=number)


def held(path: str | None, within: str | None = None) -> bytes:
    """What a file that steers us holds, or standard input: a configuration, a list of paths. Raises SummitfixError.

    What nobody named, but a tree brought along, is read with `within`: only if it lies in that folder, whatever links say, and is a regular file of at
    most STEERING bytes, so that no pipe is waited for and nothing is read without end.
    """
    try:
        with opened(path) if within is None or path is None else _planted(path, within) as file:
            return file.read()
    except OSError as error:
        raise SummitfixError(f"{path}: {error.strerror}") from None
    except ValueError:
        raise SummitfixError(f"{path!r}: a name that holds a NUL, which no file has") from None


def _planted(path: str, folder: str) -> BinaryIO:
    """A file that a tree brought along, to be read. Raises SummitfixError and OSError."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.join(os.path.realpath(folder), "")):
        raise SummitfixError(f"{path}: it leads out of the folder that it must lie in; not read")
    number = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    status = os.fstat(number)
    if stat.S_ISREG(status.st_mode) and status.st_size <= STEERING:
        return open(number, "rb")
    os.close(number)
    raise SummitfixError(f"{path}: {f'more than {STEERING:,} bytes' if stat.S_ISREG(status.st_mode) else 'no regular file'}; not read")


def held_text(path: str, within: str | None = None) -> str:
    """What a file that steers us says, in UTF-8; `within` as in `held`. Raises SummitfixError."""
    return said(held(path, within), path)


def said(data: bytes, path: str) -> str:
    """What the bytes of the file at `path` say, in UTF-8. Raises SummitfixError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SummitfixError(f"{path}:{data.count(10, 0, error.start) + 1}: not UTF-8, which it must be") from None


def blocks(stream: BinaryIO, encoding: str | None = None, size: int = BLOCK, *, whole_lines: bool = False, live: bool = False) -> Iterator[Block]:
    """Cut `stream` at line ends into blocks of at most `size` bytes; a longer line at spaces, else between characters.

    With `whole_lines` it is cut at LF alone, and a longer line is a block of its own size or at most twice that: the longest line bounds the memory.
    So it is with `live`, where each line that is there is handed on before more is waited for. The first block that is not plain ASCII settles the codec
    for those behind it. Raises Binary before the first block, and SummitfixError where no codec explains the bytes.
    """
    reader = _Reader(stream, live)
    data = reader.read(size)
    codec, bom = _settled(data, encoding)
    data = data[len(bom) :]
    line = column = 1
    offset = byte_offset = 0
    asked = size
    while data or bom:
        cut = len(data) if reader.ended else _cut(data, codec or "utf-8", whole_lines or live)
        if data and not cut:  # twice as much each time, so that the work grows with the line and no faster
            data += reader.read(asked)
            asked *= 2
            continue
        whole, data = data[:cut], data[cut:]
        try:
            found = _decoded(whole, codec)
        except SummitfixError as error:
            raise Unread(str(error), bom + whole + data) from None
        codec = codec or (None if whole.isascii() and found.encoding == "utf-8" else found.encoding)
        yield Block(found.text, found.encoding, whole, bom, found.evidence, line, column, offset, byte_offset)
        offset += len(found.text)
        byte_offset += len(bom) + len(whole)
        bom = b""
        asked = max(size, len(data))
        if not live or not data:
            data += reader.read(asked - len(data))
        if data:
            line, column = _behind(found.text, line, column)


class _Reader:
    """Reads a stream and knows when it has ended; a `live` one hands out what there is."""

    def __init__(self, stream: BinaryIO, live: bool) -> None:
        self.stream, self.live, self.ended, self.begun = stream, live, False, False

    def read(self, size: int) -> bytes:
        """Up to `size` more bytes: fewer only at the end, or if it is live."""
        if not size or self.ended:
            return b""
        if self.live and isinstance(self.stream, BufferedReader | BytesIO):
            data = self.stream.read1(size)
            self.ended = not data
        else:
            first = size if self.begun else min(size, SMALL)
            data = self.stream.read(first)
            self.ended = len(data) < first
            if not self.ended and first < size:
                data += self.stream.read(size - first)
                self.ended = len(data) < size
        self.begun = True
        return data


BREAKS = (("\n\n", 0.25), ("\r\n\r\n", 0.25), (".\n", 0.25), (".\r\n", 0.25), ("\n", 1.0), ("\r", 1.0), (". ", 0.25), (" ", 1.0))
"""Where a block may end, the best place first: each with the share of the block, from its end, in which it is looked for.

A block that ended within a paragraph, or a line within a sentence, might part what splits a word from the word, and a lost quotation mark from the other.
"""


def codec_named(name: str) -> tuple[str, bytes]:
    """The codec called `name`, and the byte-order mark it begins with, apart from one another. Raises SummitfixError if there is none."""
    try:
        found = codecs.lookup(name).name
        " ".encode(found, "surrogateescape").decode(found, "surrogateescape")  # idna, punycode and undefined know no stray bytes
    except (LookupError, ValueError):
        raise SummitfixError(f"no text codec is called {name!r}") from None
    mark = MARKED.get(found, b"")
    return MARKS.get(mark, found), mark


def _settled(data: bytes, encoding: str | None) -> tuple[str | None, bytes]:
    """The codec of an input that begins with `data`, if it is known before anything is decoded, and the byte-order mark. Raises Binary."""
    mark = next(mark for mark in MARKS if data.startswith(mark)) if data.startswith(ANY_MARK) else b""
    if encoding is not None:
        codec, own = codec_named(encoding)
        return (MARKS[mark], mark) if mark and (own or MARKS[mark] == codec) else (codec, b"")
    head = data[:HEAD]
    if mark or b"\0" not in head:
        return MARKS.get(mark), mark
    try:
        codec, _ = codec_named(decode(head).encoding)
    except SummitfixError:
        codec = ""
    if not codec.startswith(("utf-16", "utf-32")):
        raise Binary("not text", data)
    return codec, b""


def _decoded(data: bytes, codec: str | None) -> Decoded:
    """Decode bytes without byte-order mark. Clean UTF-8 pays for no detection; what has escape sequences of ISO-2022 is not known to be clean."""
    if codec == "utf-8" or (codec is None and b"\0" not in data and not (b"\x1b" in data and (b"\x1b$" in data or b"\x1b(" in data))):
        try:
            return Decoded(data.decode("utf-8"), "utf-8", b"", CLEAN)
        except UnicodeDecodeError:
            pass
    found = decode(data, encoding=codec)
    return found._replace(text="\ufeff" * bool(found.bom) + found.text, encoding=codec_named(found.encoding)[0])


def _cut(data: bytes, codec: str, whole_lines: bool) -> int:
    """Where to cut `data`: behind the last of BREAKS, else its last whole character; with `whole_lines` at LF, else nowhere (0).

    Nor is it cut within the escapes of ISO-2022 and HZ, which what stands behind them could not be read without.
    """
    width = len("\n".encode(codec))
    for sign, share in (("\n", 1.0),) if whole_lines else BREAKS:
        mark = sign.encode(codec)
        start = int(len(data) * (1.0 - share))
        at = data.rfind(mark, start, len(data) - (sign == "\r"))  # a CR at the very end may be half of a CRLF
        while at > 0 and at % width:
            at = data.rfind(mark, start, at + len(mark) - 1)
        if at >= 0:
            return at + len(mark)
    if whole_lines:
        return 0
    decoder = codecs.getincrementaldecoder(codec)("replace")
    before = decoder.getstate()[1]
    decoder.decode(data)
    rest, state = decoder.getstate()
    return len(data) - len(rest) if state == before else 0


def _behind(text: str, line: int, column: int) -> tuple[int, int]:
    """The position behind `text` that begins at `line` and `column`."""
    ends = text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)
    last = max(text.rfind("\n"), text.rfind("\r"))
    return line + ends, len(text) - last + (column - 1 if not ends else 0)
