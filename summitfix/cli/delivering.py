"""Modes that deliver the repaired text, to standard output, to another file or in place: what each does with one input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import BinaryIO

from summitfix import core, files, finding, outgoing, report, writing
from summitfix.beside import CHANGED
from summitfix.cli.job import Deliver, Job
from summitfix.cli.streams import flush, product
from summitfix.core import Change, Repair, SummitfixError
from summitfix.files import Binary, Block, Unread
from summitfix.finding import Finding
from summitfix.inputs import Input
from summitfix.report import Outcome
from summitfix.terminal import label


def through(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Repair to standard output. What is no text, text that cannot be read, and what is excluded goes through as it is."""
    if given.excluded:
        return product(iter(lambda: stream.read(files.BLOCK), b""))
    try:
        product(_repaired(job, given, stream, found))
    except Unread as error:
        product(chain((error.data,), iter(lambda: stream.read(files.BLOCK), b"")))
        if isinstance(error, Binary):
            job.voice.note(f"{label(given.name)}: {error}; passed through as it is")
            return
        raise SummitfixError(f"{error}; passed through as it is") from None


def output(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Repair to a file, or to standard output."""
    if job.settings.output == "-":
        through(job, given, stream, found)
        return
    path = str(job.settings.output)
    try:
        job.create(path, _repaired(job, given, stream, found))
    except Unread:
        raise
    except (SummitfixError, OSError) as error:
        job.fail(Input(path, path), error)


def _repaired(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[bytes]:
    """The repaired input: UTF-8 unless --to says otherwise."""
    for block, repair, _ in job.findings(given, stream, found):
        for _, new in outgoing.pieces(block, repair, job.codec or "utf-8", job.mark):
            yield new
        if job.settings.line_buffered:
            flush()
    found.delivered()


def write(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Repair in place. What is before the first change is copied by the file system; a file without one is never opened for writing."""
    if given.path is None:
        return through(job, given, stream, found)
    _rewrite(job, given, os.fstat(stream.fileno()), job.findings(given, stream, found), found)


def interactive(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Repair in place what is taken. All is asked before anything is written: nothing lies half written beside a file while somebody thinks it over.

    The text is not kept meanwhile, only what was taken of each block.
    """
    read, looked_at = os.fstat(stream.fileno()), 0
    answers = list[tuple[Change, ...]]()
    for block, repair, _ in job.findings(given, stream, found):
        answers.append(repair.changes)
        looked_at += len(block.bom) + len(block.data)
        if job.review and job.review.is_over:
            break
    if any(answers):
        stream.seek(0)
        _rewrite(job, given, read, _answered(finding.blocks(stream, job.plans.of(given)), answers), found)
    found.delivered()
    found.unseen = looked_at < read.st_size


def _rewrite(job: Job, given: Input, read: os.stat_result, findings: Iterator[Finding], found: Outcome) -> None:
    """Write what was found back to the file; `read` is what it was when it was opened."""
    path, kept = str(given.path), 0
    for first in findings:
        if any(old != new for old, new in outgoing.pieces(first.block, first.repair, job.codec, job.mark)):
            break
        kept += len(first.block.bom) + len(first.block.data)
    else:
        return found.looked()
    told = list[str]()

    def repaired() -> Iterator[bytes]:
        for block, repair, _ in chain((first,), findings):
            told.extend(islice(report.repairs(given.name, block, repair), report.LISTED - len(told)))
            for _, new in outgoing.pieces(block, repair, job.codec, job.mark):
                yield new

    writing.rewrite(path, read, kept, repaired(), job.settings.backup)
    found.delivered()
    more = sum(found.passes.values()) - len(told)
    for line in [*told, *([f"{label(given.name)}: and {more} more"] if more else [])]:
        job.voice.note(line)


def _answered(blocks: Iterable[Block], answers: Iterable[tuple[Change, ...]]) -> Iterator[Finding]:
    """What was taken of each block of a file that is read again; nothing of those not asked about. Raises SummitfixError if the file is another by now."""
    for block, changes in zip_longest(blocks, answers):
        try:
            if block is None:
                raise ValueError("a block less")
            yield Finding(block, Repair(block.text, core.apply(block.text, changes or ()), changes or (), (), ()))
        except ValueError:
            raise SummitfixError(CHANGED) from None


MODES: dict[str, Deliver] = {"filter": through, "output": output, "write": write, "interactive": interactive}
