"""TOML as tables, with errors that name the file and the line."""

from __future__ import annotations

import re
import sys
from typing import Any

from summitfix.core import SummitfixError

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

_OPAQUE = re.compile(r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|["'].*""", re.DOTALL)
"""Strings and comments; a string that does not end takes in the rest, where nothing is read any more."""

_DEEP = re.compile(r"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){100}")
"""A key of a hundred parts: tomllib takes time that grows with the square of their number, an hour for a megabyte of them."""


def parse(text: str, name: str) -> dict[str, Any]:
    """The table that `text` is. Raises SummitfixError if it is none, beginning with `name` and the line, from 1.

    >>> parse("keep = [1", "own.toml")
    Traceback (most recent call last):
    summitfix.core.SummitfixError: own.toml:1: Unclosed array
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        if text.count(".") >= 100 and _DEEP.search(_OPAQUE.sub("_", text)):
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError:
        raise SummitfixError(f"{name}: nested too deep to be read") from None
    except ValueError as error:  # tomllib.TOMLDecodeError is one
        place = _PLACE.search(str(error))
        line = (place and place["line"]) or text.count("\n") + 1
        raise SummitfixError(f"{name}:{line}: {_PLACE.sub('', str(error))}") from None
