"""The same repair for the engines that corpora are run through: `arrow` has it for record batches, `datatrove` as a step of its pipelines.

Each text is a document of its own: its repair never depends on what other records stand in the same batch, so that it is the same on one worker and on a
thousand. A record that cannot be repaired is handed on as it is and counted; it never ends the work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

import summitfix
from summitfix.core import SURE, Change, Repair, apply

UNREPAIRED = "unrepaired."
"""How the rules of records begin that were left as they are: `null`, `not-text`, `not-unicode` (lone surrogates, stray bytes), or the exception of a pass."""


class Entry(NamedTuple):
    """A row of the column of changes: `before`, found at `start` of the original text (in code points), became `after`.

    `rule` is that of the pass that had the last word, `confidence` the least of all that took part, 0 to 1. Where a record was left as it is the one entry
    changes nothing, is sure of nothing and says by its rule why (see `UNREPAIRED`).
    """

    start: int
    before: str
    after: str
    rule: str
    confidence: float


class Outcome(NamedTuple):
    """What became of a value: itself, that very object, if nothing was changed."""

    value: Any
    entries: tuple[Entry, ...]


def bound(only: Collection[str] | None = None, skip: Collection[str] | None = None, least: float = SURE) -> Callable[[str], Repair]:
    """`summitfix.repair` with its options, picklable. Raises SummitfixError for the name of no pass: here, and not in every worker for every record."""
    repair = partial(summitfix.repair, only=only, skip=skip, least=least)
    repair("")
    return repair


def repaired(value: object, repair: Callable[[str], Repair]) -> Outcome:
    r"""The repair of a value of any kind; whatever is no text, or cannot be repaired, is left as it is.

    >>> repaired("un cafÃ© trÃ¨s serrÃ©", summitfix.repair).value
    'un café très serré'
    >>> [repaired(value, summitfix.repair).entries[0].rule for value in (None, 7, "caf\ud800")]
    ['unrepaired.null', 'unrepaired.not-text', 'unrepaired.not-unicode']
    """
    if not isinstance(value, str):
        return _left(value, "null" if value is None else "not-text")
    if not _is_unicode(value):
        return _left(value, "not-unicode")
    try:
        result = repair(value)
        result.after.encode()
        entries = tuple(Entry(*change[:3], change.why[-1].rule, change.confidence) for change in result.changes)
    except Exception as error:  # a bug of ours: it must cost this record its repair, and not a day's work of the cluster
        logging.getLogger(__name__).warning("a text of %d code points was left as it is", len(value), exc_info=True)
        return _left(value, type(error).__name__)
    return Outcome(result.after if entries else value, entries)


def undo(text: str, entries: Iterable[Mapping[str, Any]]) -> str:
    """The original of a repaired text, from what the column of changes holds for it. Raises ValueError if the text is not the one that was repaired.

    >>> outcome = repaired("un cafÃ© trÃ¨s serrÃ©", summitfix.repair)
    >>> undo(outcome.value, [entry._asdict() for entry in outcome.entries])
    'un cafÃ© trÃ¨s serrÃ©'
    """
    made, grown = [], 0
    for entry in entries:
        made.append(Change(entry["start"] + grown, entry["after"], entry["before"], ()))
        grown += len(entry["after"]) - len(entry["before"])
    return apply(text, made)


def lacking(module: str, extra: str, error: ImportError) -> ImportError:
    """What to raise where `module` cannot import what its extra brings."""
    package = (error.name or extra).partition(".")[0]
    return ImportError(f"{module} needs {package}, which is not installed here: pip install 'summitfix[{extra}]'", name=package)


def _left(value: object, why: str) -> Outcome:
    """A value left as it is."""
    return Outcome(value, (Entry(0, "", "", UNREPAIRED + why, 0.0),))


def _is_unicode(text: str) -> bool:
    """Whether a text can be written in UTF-8 at all."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
