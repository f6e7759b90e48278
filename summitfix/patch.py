"""A repair as a patch: what `patch -p1` and `git apply` take, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

CONTEXT = 3
"""Unchanged lines around the changed ones in a patch, as in every other patch."""


def patch(name: str, pieces: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """A unified diff of `pieces`, the old and the new bytes of a file in turn; nothing if no pair differs.

    Byte for byte: `patch -p1` makes the new file of the old one, and `patch -R` the old one of the new. Lines are what patch calls so: up to LF.
    """
    hunk: _Hunk | None = None
    lead: list[bytes] = []
    old_line = new_line = 1
    headed = False
    for old, new in _lined(pieces):
        gone, come = _split(old), _split(new)
        if old == new:
            lead = [*lead, *gone[-CONTEXT:]][-CONTEXT:]
            if hunk and hunk.closed_by(gone):
                yield hunk.text()
                hunk = None
        else:
            if not headed:
                yield f"--- {_quoted('a/', name)}\n+++ {_quoted('b/', name)}\n".encode("utf-8", "surrogateescape")
                headed = True
            hunk = hunk or _Hunk(old_line - len(lead), new_line - len(lead), lead)
            hunk.change(gone, come)
            lead = []
        old_line += len(gone)
        new_line += len(come)
    if hunk:
        yield hunk.text()


class _Hunk:
    """A hunk of a patch while it grows: its lines, and the unchanged ones behind its last change."""

    def __init__(self, old_start: int, new_start: int, lead: list[bytes]) -> None:
        self.old_start, self.new_start = old_start, new_start
        self.lines: list[tuple[bytes, bytes]] = []
        self.tail = lead

    def closed_by(self, same: list[bytes]) -> bool:
        """Take in unchanged lines; True if there are so many that the next change is a hunk of its own."""
        self.tail += same[: 2 * CONTEXT + 1]
        return len(self.tail) > 2 * CONTEXT

    def change(self, gone: list[bytes], come: list[bytes]) -> None:
        """Take in lines that were and lines that shall be."""
        self.lines += [(b" ", line) for line in self.tail] + [(b"-", line) for line in gone] + [(b"+", line) for line in come]
        self.tail = []

    def text(self) -> bytes:
        """The hunk as it stands in a patch."""
        lines = self.lines + [(b" ", line) for line in self.tail[:CONTEXT]]
        olds, news = sum(sign != b"+" for sign, _ in lines), sum(sign != b"-" for sign, _ in lines)
        head = f"@@ -{self.old_start - (not olds)},{olds} +{self.new_start - (not news)},{news} @@\n".encode()
        return head + b"".join(sign + line + (b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n") for sign, line in lines)


def _lined(pieces: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """`pieces` put together so that each is whole lines on both sides; the last one may lack its line end."""
    olds, news = list[bytes](), list[bytes]()
    for piece in pieces:
        for old, new in _parted(piece[0]) if piece[0] == piece[1] else (piece,):
            olds.append(old)
            news.append(new)
            if _ended(olds) and _ended(news):
                yield b"".join(olds), b"".join(news)
                olds, news = [], []
    if olds:
        yield b"".join(olds), b"".join(news)


def _parted(same: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Unchanged bytes as what may end an open line, whole lines, and what may begin one."""
    first = same.find(b"\n") + 1 or len(same)
    last = max(first, same.rfind(b"\n") + 1)
    return ((part, part) for part in (same[:first], same[first:last], same[last:]) if part)


def _ended(parts: list[bytes]) -> bool:
    """Whether these bytes end a line, or are none."""
    return next((part for part in reversed(parts) if part), b"\n").endswith(b"\n")


def _split(data: bytes) -> list[bytes]:
    """Lines up to and with LF."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def _quoted(prefix: str, name: str) -> str:
    """A file name as git writes it in a patch: relative, quoted if it has signs that would end it, with a tab behind one with spaces."""
    name = prefix + name.lstrip("/")
    if any(sign in '"\\' or not (sign.isprintable() or "\udc80" <= sign <= "\udcff") for sign in name):
        return '"' + "".join(_ESCAPES.get(sign) or (sign if sign.isprintable() else _octal(sign)) for sign in name) + '"'
    return name + "\t" * (" " in name)


def _octal(sign: str) -> str:
    """The bytes of a character as C and git write them."""
    return "".join(f"\\{byte:03o}" for byte in sign.encode("utf-8", "surrogateescape"))


_ESCAPES = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
