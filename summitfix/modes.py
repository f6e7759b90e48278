"""What a command line asks for: the mode, and which options go together."""

from __future__ import annotations

import os

from summitfix.core import SummitfixError
from summitfix.options import OPTIONS, Settings


class Misuse(SummitfixError):
    """The command line asks for what cannot be."""


MODES = ("write", "interactive", "diff", "check", "output", "show_config", "show_files")
"""Options of which there may be one."""

TOGETHER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # these options without any of those make no sense
    (("backup",), ("write", "interactive")),
    (("meant",), ("read",)),
    (("read",), ("meant",)),
    (("null",), ("files_from", "show_files")),
)

APART: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # these options with any of those make no sense
    (("format",), ("diff", "show_config", "show_files")),
    (("explain",), ("write", "interactive", "diff", "check", "output", "format", "show_config", "show_files")),
    (("report",), ("show_config", "show_files")),
    (("isolated",), ("config",)),
)


def mode(settings: Settings, *, piped: bool, asked: bool) -> str | None:
    """The name of the mode, or None if there is nothing to work on. Raises Misuse.

    `piped` says that standard input is no terminal, `asked` that somebody sits before standard error and can answer.
    """
    given = {name for name, value in settings._asdict().items() if value != Settings._field_defaults[name]}
    modes = [name for name in MODES if name in given]
    if len(modes) > 1:
        raise Misuse(f"{_flag(modes[0])} and {_flag(modes[1])} exclude each other; see summitfix -h")
    for names, others in TOGETHER:
        if given.intersection(names) and not given.intersection(others):
            raise Misuse(f"{_flag(names[0])} needs {' or '.join(map(_flag, others))}; see summitfix -h")
    for names, others in APART:
        if given.intersection(names) and (other := next((name for name in others if name in given), "")):
            raise Misuse(f"{_flag(names[0])} and {_flag(other)} exclude each other; see summitfix -h")
    if not settings.jobs.isdecimal():
        raise Misuse(f"--jobs is to be a number of processes, not {settings.jobs!r}; 0 is one for each core")
    named = bool(settings.paths or settings.files_from)
    if modes and modes[0] in ("write", "interactive") and not named:
        raise Misuse(f"{_flag(modes[0])} needs at least one PATH; see summitfix -h")
    if modes == ["interactive"] and (piped or not asked):
        raise Misuse("--interactive asks at a terminal, and there is none; --write repairs without asking")
    if modes == ["interactive"] and "-" in settings.paths:
        raise Misuse("--interactive hears its answers from standard input, which cannot be repaired at the same time")
    if modes == ["output"] and (len(settings.paths) > 1 or settings.files_from or any(os.path.isdir(path) for path in settings.paths)):
        raise Misuse("--output takes one input; --write repairs many files in place")
    if settings.output == "-" and "format" in given:
        raise Misuse("--output - and --format would both print to standard output; --output FILE leaves it to --format")
    if not named and not piped:
        return None
    if modes in ([], ["write"]) and settings.paths in ((), ("-",)) and not settings.files_from and not given & {"format", "explain"}:
        return "filter"
    if "format" in given and (not modes or modes == ["check"]):
        return "records"
    return modes[0] if modes else "view"


def _flag(name: str) -> str:
    """The long flag of an option."""
    return next(option.flags[-1] for option in OPTIONS if option.name == name)
