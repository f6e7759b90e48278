"""Modes that look and write nothing: what each does with one input."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from summitfix import report
from summitfix.cli.job import Deliver, Job
from summitfix.cli.streams import colour, product
from summitfix.inputs import Input
from summitfix.report import Outcome
from summitfix.terminal import label


def view(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Show what would be repaired."""
    for block, repair, _ in job.findings(given, stream, found):
        if repair.changes or repair.doubts:
            if job.view is None:
                from summitfix.diff import View

                job.view = View(colour=colour(sys.stdout, job.settings))
            job.voice.show(job.view.block(given.name, block, repair))
            if job.settings.explain:
                from summitfix import explain

                job.voice.show("".join("\n" + "".join(f"{line}\n" for line in story) for story in explain.stories(block, repair)))
    found.looked()


def records(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Print a record of each repair; the recorder does it."""
    for _ in job.findings(given, stream, found):
        pass
    found.looked()


def check(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Say in one line whether there is damage."""
    for _ in job.findings(given, stream, found):
        pass
    found.looked()
    if found.damaged:
        job.voice.show(f"{label(given.name)}: {report.tally(found.passes)}\n")


def diff(job: Job, given: Input, stream: BinaryIO, found: Outcome) -> None:
    """Print a patch."""
    from summitfix import outgoing
    from summitfix.patch import patch

    found_here = job.findings(given, stream, found)
    pieces = (piece for block, repair, _ in found_here for piece in outgoing.pieces(block, repair, job.codec, job.mark))
    product(patch(os.path.normpath(given.name) if given.path else given.name, pieces))
    found.looked()


MODES: dict[str, Deliver] = {"view": view, "records": records, "check": check, "diff": diff}
