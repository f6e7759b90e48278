"""Damage that is known and left: the records of an earlier run, so that only what is new counts.

A baseline is what `--format json` printed. A finding is known if one of the same file turns the same text into the same; lines may have moved, and as
many are known as there are records.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from summitfix import files
from summitfix.core import Change, Repair, SummitfixError, taken

Known = tuple[str, str, str]
"""Path, what was, what shall be."""


class Baseline:
    """What is known. Raises SummitfixError if the file at `path` cannot be read or holds something else."""

    def __init__(self, path: str) -> None:
        self.left: Counter[Known] = Counter()
        try:
            lines = files.held_text(path).split("\n")
        except SummitfixError as error:
            raise SummitfixError(f"{error}; make it with --format json") from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                    self.left[_name(record["path"]), record["before"], record["after"]] += 1
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    raise SummitfixError(f"{path}:{number}: no record of --format json; make the file anew with it") from None

    def unknown(self, name: str, repair: Repair) -> Repair:
        """`repair` without what is known of the file `name`."""
        return taken(repair, self._new(name, repair.changes), self._new(name, repair.doubts))

    def _new(self, name: str, changes: Iterable[Change]) -> Iterator[Change]:
        """Those changes that no record speaks of; each record speaks of one."""
        for change in changes:
            known = _name(name), change.before, change.after
            if self.left[known] > 0:
                self.left[known] -= 1
            else:
                yield change


def _name(path: str) -> str:
    """A path as records have it, whichever way it was named."""
    return os.path.normpath(path)
