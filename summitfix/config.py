"""The configuration: `[tool.summitfix]` in pyproject.toml, or `.summitfix.toml`, the nearest one up from each file.

Configurations are not merged with one another, the search ends at the root of the repository, and there is none of the user's own: what a hook does
must be the same for everybody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from summitfix import files, globs
from summitfix.core import SummitfixError
from summitfix.toml import parse

OWN, SHARED = ".summitfix.toml", "pyproject.toml"
"""The file that is the configuration, and the one that has it as a table; in one folder the first wins."""

TABLE = "tool.summitfix"

ROOTS = (".git", ".hg", ".jj", ".svn")
"""What the root of a repository holds."""


class Config(NamedTuple):
    """One field for each key (with `_` for `-`); `folder` is the one that patterns and file names are relative to, `path` the file ("" if there is none)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    encoding: str | None = None
    language: str | None = None
    boilerplate: bool = False
    spam_file: str | None = None
    keep: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    max_walk_size: int = 20_000_000
    path: str = ""
    folder: str = "."


KEYS = tuple(name.replace("_", "-") for name in Config._fields[:-2])

KINDS = {"encoding": "a string", "language": "a string", "spam-file": "a string", "boilerplate": "true or false", "max-walk-size": "a number of bytes"}
"""What the value of a key is, where it is not a list of strings."""

MEANT = "a list of strings"


class Configs:
    """The configurations of one run, each read once. `fixed`, if given, is the one for all files."""

    def __init__(self, passes: Collection[str], fixed: Config | None = None) -> None:
        self.passes, self.fixed = passes, fixed
        self.known = dict[str, Config]()

    def of(self, path: str) -> Config:
        """The configuration for the file at `path`. Raises SummitfixError."""
        return self.within(os.path.dirname(os.path.realpath(path)))

    def within(self, folder: str) -> Config:
        """The configuration for the files in `folder`, an absolute path without symbolic links: its own, or the nearest one above it. Raises SummitfixError."""
        if known := self.fixed or self.known.get(folder):
            return known
        below = list[str]()
        while (found := self.known.get(folder) or self._here(folder)) is None:
            below.append(folder)
            above = os.path.dirname(folder)
            if above == folder or any(os.path.lexists(os.path.join(folder, root)) for root in ROOTS):
                found = Config()
                break
            folder = above
        self.known.update(dict.fromkeys((folder, *below), found))
        return found

    def _here(self, folder: str) -> Config | None:
        """The configuration that is in `folder` itself."""
        for name in OWN, SHARED:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (found := load(path, self.passes, within=folder)) is not None:
                return found
        return None


def load(path: str, passes: Collection[str], within: str | None = None) -> Config | None:
    """The configuration in the file at `path`; None if that is a pyproject.toml without a table for us. Raises SummitfixError.

    One that nobody named is read with `within`, the folder in which it was found (see `files.held`).
    """
    shown = os.path.relpath(path) if os.path.isabs(path) else path
    shared = os.path.basename(path) == SHARED
    data = files.held(shown, within)
    if shared and b"summitfix" not in data:
        return None
    text = files.said(data, shown)
    table: Any = parse(text, shown)
    if shared:
        tools = table.get("tool", {})
        table = tools.get("summitfix") if isinstance(tools, dict) else None
        if table is None:
            return None
    return _config(table, _Place(shown, text, shared), passes)._replace(path=path, folder=os.path.dirname(path) or ".")


class _Place(NamedTuple):
    """Where in a file a key stands, which the reader of TOML does not say."""

    shown: str
    text: str
    shared: bool

    def error(self, key: str, message: str) -> SummitfixError:
        """An error at the line of `key`."""
        begin = 0
        if self.shared:
            header = re.search(r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*summitfix\b", self.text, re.MULTILINE)
            begin = header.start() if header else 0
        quoted = re.escape(key)
        found = re.compile(rf"""^[^#\n]*?(?<![\w-])["']?{quoted}["']?[ \t]*(?:=|\.|\])""", re.MULTILINE).search(self.text, begin)
        found = found or re.compile(quoted).search(self.text, begin)
        return SummitfixError(f"{self.shown}:{self.text.count(chr(10), 0, found.end() if found else begin) + 1}: {message}")


def _config(table: Any, place: _Place, passes: Collection[str]) -> Config:
    """A table as a configuration. Raises SummitfixError for what it does not know."""
    where = f" in [{TABLE}]" if place.shared else ""
    if not isinstance(table, dict):
        raise place.error("summitfix", f"{TABLE} is to be a table")
    fields: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise place.error(key, f"unknown key {key!r}{where}{meant(key, KEYS)}".replace("'", '"'))
        if key == "per-file-ignores":
            fields["per_file_ignores"] = _per_file(value, place, passes)
            continue
        kind = KINDS.get(key, MEANT)
        if not _fits(value, kind):
            raise place.error(key, f'"{key}" is to be {kind}')
        if key == "exclude" and len(value) > globs.MOST:
            raise place.error(key, f'"{key}" has more than {globs.MOST:,} patterns')
        if key in ("select", "ignore"):
            _known(value, key, place, passes)
        if key == "encoding":
            try:
                files.codec_named(value)
            except SummitfixError as error:
                raise place.error(key, str(error)) from None
        fields[key.replace("-", "_")] = tuple(value) if isinstance(value, list) else value
    return Config(**fields)


def toml(config: Config) -> str:
    """A configuration as TOML, with every key, below a comment that says where it is from."""
    lines = [f"# from {_quoted(config.path)[1:-1]}" if config.path else "# no configuration: the defaults"]
    for key in KEYS:
        value = getattr(config, key.replace("-", "_"))
        if key == "per-file-ignores":
            shown = "{" + ", ".join(f"{_quoted(pattern)} = {_listed(names)}" for pattern, names in value) + "}"
        elif isinstance(value, tuple):
            shown = _listed(value)
        elif isinstance(value, bool):
            shown = str(value).lower()
        else:
            shown = _quoted(value) if isinstance(value, str) else str(value)
        lines.append(f"{'# ' * (value is None)}{key} = {'not set' if value is None else shown}")
    return "\n".join(lines) + "\n"


def _listed(values: Iterable[str]) -> str:
    """Strings as an array of TOML."""
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A string as TOML has it, nothing in it that a terminal obeys or does not show."""
    import json

    signs = json.dumps(value, ensure_ascii=False)
    return signs if signs.isprintable() else "".join(sign if sign.isprintable() or "\ud800" <= sign <= "\udfff" else f"\\U{ord(sign):08x}" for sign in signs)


def _fits(value: Any, kind: str) -> bool:
    """Whether a value is of its kind."""
    if kind == MEANT:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if kind == "true or false":
        return isinstance(value, bool)
    if kind == "a string":
        return isinstance(value, str) and bool(value)
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _per_file(value: Any, place: _Place, passes: Collection[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The table of patterns and the passes that are not run on the files they match."""
    key = "per-file-ignores"
    if not isinstance(value, dict):
        raise place.error(key, f'"{key}" is to be a table of patterns, each with a list of passes')
    if len(value) > globs.MOST:
        raise place.error(key, f'"{key}" has more than {globs.MOST:,} patterns')
    for pattern, names in value.items():
        if not _fits(names, MEANT):
            raise place.error(pattern, f'"{key}" is to have a list of passes for each pattern')
        _known(names, pattern, place, passes)
    return tuple((pattern, tuple(names)) for pattern, names in value.items())


def _known(names: Collection[str], key: str, place: _Place, passes: Collection[str]) -> None:
    """Raise SummitfixError if one of the names is that of no pass."""
    for name in names:
        if name not in passes:
            raise place.error(key, f'no pass is called "{name}"{meant(name, passes)}')


def meant(word: str, known: Collection[str]) -> str:
    """What might have been meant by `word`, to be put behind a message."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, 1)
    return f'; did you mean "{close[0]}"?' if close else f"; there are {', '.join(known)}"
