r"""Patterns as .gitignore has them, matched in time that grows with the path and with the pattern, and not with what they might do together.

They come with other people's folders. A regular expression made of one as it stands tries every way to share a name out among its stars, and takes
years for `*a*a*a*a*a*a*b`. But what stands between two stars is best found as early as possible: where it was found once, it need not be looked for again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count

MOST = 10_000
"""Patterns in one file: each of them is tried at each path, 0.3 µs a time."""

LONGEST = 4096
"""Characters of a pattern: no path of Linux has more."""

_TOKEN = re.compile(
    r"\\(?P<escaped>[^/])|(?P<stars>\*+)|(?P<any>\?)|\[(?P<without>[!^]?)(?P<set>\]?(?:\[:[a-z]+:\]|\\.|[^]\\/])*)\]|(?P<plain>[^\\\[])", re.DOTALL
)
_MEMBER = re.compile(r"\[:(?P<named>[a-z]+):\]|(?P<first>\\.|[^\\])(?:-(?P<last>\\.|[^\\]))?", re.DOTALL)

CLASSES = {
    # what POSIX calls a class of characters, of ASCII as in git
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t-\\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}

_STAR, _FOLDERS = "*", "**"
"""Any characters of a name; any folders, where it is a name of its own."""


class Patterns:
    """Patterns relative to `folder`. What is none goes to `refused`; without that it matches nothing, as git has it."""

    def __init__(self, folder: str, lines: Sequence[str], refused: Callable[[str], object] = bool) -> None:
        self.folder = os.path.realpath(folder)
        self.globs: list[tuple[re.Pattern[str], bool]] = []
        for line in reversed(lines):
            pattern = _plain(line)
            try:
                if pattern:
                    self.globs.append((re.compile(_expression(pattern.removeprefix("!"))), not pattern.startswith("!")))
            except ValueError:
                refused(line)

    def match(self, path: str, *, folder: bool = False) -> bool | None:
        """Whether they match an absolute path (of a folder, if so said): True, False if a `!` takes it out again, None if they do not speak of it.

        The last one decides that speaks of the path itself, else the last one that speaks of a folder around it.
        """
        relative = os.path.relpath(path, self.folder) if not path.startswith(self.folder + os.sep) else path[len(self.folder) + 1 :]
        if relative == os.curdir or relative.startswith(os.pardir):
            return None
        relative += os.sep * folder
        said = None
        for glob, includes in self.globs:
            if found := glob.match(relative):
                if found.lastgroup != "inside":
                    return includes
                said = includes if said is None else said
        return said


def _plain(line: str) -> str:
    r"""A line without the spaces at its end, unless a backslash holds one; nothing of a comment."""
    if line.startswith("#"):
        return ""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " * (slashes % 2 and len(bare) < len(line))


def _expression(pattern: str) -> str:
    """A pattern without its `!` as a regular expression that matches relative paths from their beginning; `inside` is the last
    group that matched where that is a folder around it.

    Raises ValueError if it is no pattern.
    """
    if len(pattern) > LONGEST:
        raise ValueError("longer than any path")
    names = (f"_{number}" for number in count())
    only_folders = pattern.endswith("/")
    parts = _parts(pattern.removesuffix("/"))
    anchored = len(parts) > 1
    if not parts[0]:
        del parts[0]
    if not parts or not all(parts):
        raise ValueError("a name of nothing")
    if parts[-1] == [_FOLDERS] and anchored and only_folders:
        parts.append([_STAR])  # folders at any depth below
    made, blocks = "", [list[str]()]
    for part in parts:
        if part == [_FOLDERS] and anchored:
            blocks.append([])
        else:
            blocks[-1].append(_part(part, names))
    floats = not anchored
    for block in blocks[:-1]:
        there = "/".join(block) + "/"
        if block:
            made += _settled(f"(?:.*?/)??{there}", names) if floats else there
        floats = True
    if blocks[-1]:
        end = r"/(?:\Z|(?P<inside>))" if only_folders else r"(?:/?\Z|(?P<inside>/))"
        made += "(?:.*/)?" * floats + "/".join(blocks[-1]) + end
    else:
        made += "(?=.)"
    return f"(?s:{made})"


def _parts(pattern: str) -> list[list[str]]:
    """The names between the slashes of a pattern: each a list of expressions for one character, and of stars, or FOLDERS. Raises ValueError."""
    parts, at = [list[str]()], 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise ValueError("a bracket that is not closed, or a backslash before nothing or a slash")
        at = token.end()
        if token["stars"]:
            parts[-1].append(_STAR if len(token["stars"]) == 1 else _FOLDERS)
        elif token["set"]:
            parts[-1].append(_set(token["set"], bool(token["without"])))
        elif token["any"]:
            parts[-1].append("[^/]")
        elif token["plain"] == "/":
            parts.append([])
        else:
            parts[-1].append(_literal(token["escaped"] or token["plain"]))
    return [part if part == [_FOLDERS] else [token.replace(_FOLDERS, _STAR) for token in part] for part in parts]


def _part(tokens: Sequence[str], names: Iterator[str]) -> str:
    """One name as an expression: what stands between its stars is found as early as possible, and for good."""
    if all(token in (_STAR, _FOLDERS) for token in tokens):
        return "[^/]+"
    pieces = [""]
    for token in tokens:
        if token == _STAR:
            pieces.append("")
        else:
            pieces[-1] += token
    first, *between = pieces
    last = "[^/]*" + between.pop() if between else ""
    return first + "".join(_settled(f"[^/]*?{piece}", names) for piece in between) + last


def _settled(expression: str, names: Iterator[str]) -> str:
    """An expression that is tried once: atomic, which Python writes so before 3.11."""
    name = next(names)
    return f"(?=(?P<{name}>{expression}))(?P={name})"


def _set(members: str, without: bool) -> str:
    """What stands in brackets, as a set that never holds a slash. Raises ValueError."""
    found = ""
    for member in _MEMBER.finditer(members):
        if member["named"]:
            if member["named"] not in CLASSES:
                raise ValueError("no such class")
            found += CLASSES[member["named"]]
        else:
            first, last = member["first"][-1], (member["last"] or member["first"])[-1]
            if first > last:
                raise ValueError("a range from back to front")
            found += f"{_literal(first)}-{_literal(last)}"
    return f"[^/{found}]" if without else f"(?!/)[{found}]"


def _literal(sign: str) -> str:
    """A character that stands for itself, in a set or out of it."""
    return sign if sign.isalnum() and sign.isascii() else f"\\U{ord(sign):08x}"
