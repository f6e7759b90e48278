"""Repairs for machines: a record for each change and each doubt, as JSON Lines, as GitHub's workflow commands, or as SARIF (see `sarif`).

A writer is told of all blocks in their order and gives text to print. All text of JSON and SARIF is ASCII; what GitHub is told holds the name of the
file as it is, and is meant to be encoded as UTF-8 with the error handler "surrogateescape".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from summitfix.core import Repair
from summitfix.files import Block
from summitfix.places import Place, Placed, placed
from summitfix.report import owner


class Writer(Protocol):
    """Turns repairs into text to print."""

    def add(self, name: str, block: Block, repair: Repair) -> Iterator[str]:
        """The text for a block of the file `name`; to be called for each block, in order."""

    def close(self) -> Iterator[str]:
        """The text behind the last block."""


def writer(name: str) -> Writer:
    """A new writer of the format called `name`. Raises KeyError if there is none."""
    if name == "sarif":
        from summitfix.sarif import Sarif

        return Sarif()
    return {"json": Lines(_object), "github": Lines(_command)}[name]


class Lines:
    """Writes a line for each record."""

    def __init__(self, line: Callable[[str, Placed], str]) -> None:
        self.line = line

    def add(self, name: str, block: Block, repair: Repair) -> Iterator[str]:
        """The lines for a block."""
        return (self.line(name, record) + "\n" for record in placed(block, repair))

    def close(self) -> Iterator[str]:
        """Nothing."""
        return iter(())


def _object(name: str, record: Placed) -> str:
    r"""A record as an object of JSON. Its keys, always all and in this order:

    path (stray bytes of a name are `\udc80` to `\udcff`, as everywhere), line, column, end_line, end_column (from 1, in code points, the end excluded),
    offset {code_points, bytes} (from 0, in the whole input; code points behind the byte-order mark, bytes null where they cannot be known), length (the
    same), kind (change, doubt: unsure and not made, flag: changes nothing), sure, confidence, pass, rule, reason (of the pass that had the last word), reasons
    (of all passes that took part: {rule, reason, confidence}), before, after, encoding (of the line where it begins).
    """
    change, start, end, reason = record.change, record.start, record.end, record.reason
    fields: dict[str, Any] = {
        "path": name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "offset": {"code_points": start.offset, "bytes": None if record.length is None else start.byte},
        "length": {"code_points": len(change.before), "bytes": record.length},
        "kind": record.kind,
        "sure": record.is_sure,
        "confidence": round(change.confidence, 6),
        "pass": owner(change),
        "rule": reason.rule,
        "reason": reason.note,
        "reasons": [{"rule": rule, "reason": note, "confidence": round(sure, 6)} for rule, note, sure in change.why],
        "before": change.before,
        "after": change.after,
        "encoding": start.encoding,
    }
    return json.dumps(fields)


def _command(name: str, record: Placed) -> str:
    """A record as a workflow command: a warning if it is sure, else a notice.

    Columns are told only within a line, which is all that GitHub shows.
    """
    start, end = record.start, record.end
    properties = {"file": name, "line": start.line, "endLine": end.line, **_columns(start, end), "title": f"summitfix: {record.reason.rule}"}
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{'warning' if record.is_sure else 'notice'} {told}::{_data(record.told)}"


def _columns(start: Place, end: Place) -> dict[str, int]:
    return {"col": start.column, "endColumn": end.column} if start.line == end.line else {}


def _data(text: str) -> str:
    """`text` so that it neither ends a command nor begins one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """`text` so that it does not end a property either."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
