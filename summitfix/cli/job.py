"""One run of the command: what all modes share, from the inputs to what is said at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import summitfix
from summitfix import config, files, finding, modes, report
from summitfix.beside import left_overs
from summitfix.cli.plans import Plans
from summitfix.cli.streams import Unwritable, Voice, colour, isatty, product, say
from summitfix.config import Config
from summitfix.core import Repair, SummitfixError
from summitfix.files import Binary, Block, Unread
from summitfix.finding import Finding, Found
from summitfix.inputs import Input, Inputs
from summitfix.options import Settings
from summitfix.report import Outcome
from summitfix.terminal import label

if TYPE_CHECKING:
    from summitfix.baseline import Baseline
    from summitfix.diff import View
    from summitfix.jobs import Pool
    from summitfix.progress import Progress
    from summitfix.records import Writer
    from summitfix.review import Review
    from summitfix.webpage import Webpage


Deliver: TypeAlias = "Callable[[Job, Input, BinaryIO, Outcome], None]"
"""What a mode does with one input, opened; what came of it is counted in the outcome."""


class Job:
    """One run of the command: what was asked for, and what has come of it so far."""

    def __init__(self, settings: Settings, mode: str) -> None:
        self.settings, self.mode = settings, mode
        self.codec: str | None = None
        self.mark = b""
        if settings.to:
            self.codec, self.mark = files.codec_named(settings.to)
        if settings.encoding:
            files.codec_named(settings.encoding)
        for name in (*settings.select, *settings.ignore):
            if name not in summitfix.CHAIN:
                raise modes.Misuse(f"no pass is called {name!r}; there are {', '.join(summitfix.CHAIN)}")
        self.voice = Voice(settings)
        self.inputs = Inputs(settings, summitfix.CHAIN, writes=mode in ("write", "interactive"), note=self.voice.note, fail=self.fail)
        self.plans = Plans(settings, self.inputs)
        self.outcome = Outcome()
        self.ahead: Found | None = None
        self.view: View | None = None
        self.voice.progress = self._progress()
        self.baseline = self._baseline()
        self.writer = self._writer()
        self.webpage = self._webpage()
        self.review = self._review()

    def run(self, deliver: Deliver) -> int:
        """Work through the inputs, and do with each what the mode does; the exit code."""
        given = None
        pool = self._pool()
        try:
            for given, ahead in pool.ahead(self.inputs, self.plans.of) if pool else ((each, None) for each in self.inputs):
                self.ahead = ahead
                if self.review and self.review.is_over:
                    self.outcome.unseen = True
                    break
                if self.voice.progress:
                    self.voice.progress.at(label(given.name))
                finding.chain(self.plans.of(given))  # what is wrong with the options or the configuration is trouble for all files
                self._deliver(deliver, given)
        finally:
            if pool:
                pool.close()
            if self.voice.progress:
                self.voice.progress.close()
        if given is None and not self.outcome.failed:
            self.voice.note("no files there")
        self._close()
        return self.outcome.code(exit_zero=self.settings.exit_zero)

    def _deliver(self, deliver: Deliver, given: Input) -> None:
        """Do what the mode does with one input; trouble with it is reported, and the next one may do better."""
        found = Outcome()
        try:
            with files.opened(given.path, regular=given.walked or self.inputs.writes, follow=not given.walked) as stream:
                deliver(self, given, stream, found)
        except Unwritable:
            raise
        except Binary as error:
            self.voice.note(f"{label(given.name)}: {error}; left as it is", 1)
        except (SummitfixError, OSError) as error:
            self.fail(given, error)
        else:
            self.outcome.add(found)

    def findings(self, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[Finding]:
        """What is found in an input, less what is known and what is refused. All that looks on is told."""
        stray = broken = 0
        for block, whole, bad in self._found(given, stream):
            repair = whole
            if block.line == block.column == 1 and self.voice.hears(1):
                self.voice.note(f"{label(given.name)}: {block.encoding}, {block.evidence}", 1)
            if self.baseline:
                repair = self.baseline.unknown(given.name, whole)
            if self.review:
                if any(change.before != change.after for change in (*repair.changes, *repair.doubts)):
                    self._foresee(given, stream, block, repair)
                repair = self.review.taken(given.name, block, repair)
                found.leave(doubt for doubt in repair.doubts if doubt.is_sure)
            found.count(repair.changes)
            stray += block.stray
            for line in bad[: max(0, report.LISTED - broken)]:
                self.voice.complain(f"{label(given.name)}:{line}: no JSON object; left as it is")
            broken += len(bad)
            if self.writer:
                self.voice.show("".join(self.writer.add(given.name, block, repair)), exact=True)
            if self.webpage:
                self.webpage.add(given.name, block, repair)
            yield Finding(block, repair)
        if broken:
            found.failed = 1
            if broken > report.LISTED:
                self.voice.complain(f"{label(given.name)}: and {broken - report.LISTED} more lines that are no JSON object")
        if stray:
            self.voice.note(f"{label(given.name)}: {report.counted(stray, 'byte')} that no codec explains left as found", self.mode == "filter")

    def _found(self, given: Input, stream: BinaryIO) -> Iterable[Finding]:
        """What is found in an input: here, or by another process if the file is still the one that it looked at."""
        ahead = self.ahead
        if ahead and ahead.known == finding.known(os.fstat(stream.fileno())):
            return ahead.findings
        return finding.findings(stream, self.plans.of(given))

    def _foresee(self, given: Input, stream: BinaryIO, block: Block, repair: Repair) -> None:
        """Let nobody answer in vain. Raises SummitfixError if the file cannot be written; what its codec cannot hold may still be refused."""
        from summitfix import outgoing, writing

        writing.check_writable(str(given.path), os.fstat(stream.fileno()))
        try:
            for _ in outgoing.pieces(block, repair, self.codec, self.mark):
                pass
        except SummitfixError as error:
            self.voice.note(f"{label(given.name)}: {error}")

    def create(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write to a file of the user's choice. Raises SummitfixError and OSError."""
        from summitfix import recovery, writing

        if done := recovery.put_right(path):
            self.voice.note(f"{label(path)}: {done}")
        writing.create(path, chunks)

    def show(self) -> int:
        """Print the files that would be looked at, or their configurations; the exit code."""
        shown = dict[Config, int]()
        for given in self.inputs:
            if self.mode == "show_files":
                name = label(given.name) if isatty(sys.stdout) else given.name  # a terminal obeys what it is told
                product((os.fsencode(name) + (b"\0" if self.settings.null else b"\n"),))
            else:
                shown[given.config] = shown.get(given.config, 0) + 1
        for found, number in shown.items():
            overridden = {name: value for name in ("select", "ignore", "encoding", "language", "boilerplate") if (value := getattr(self.settings, name))}
            product((f"# {report.counted(number, 'file')}\n{config.toml(found._replace(**overridden))}\n".encode("utf-8", "surrogateescape"),))
        return report.TROUBLE if self.outcome.failed else report.CLEAN

    def _close(self) -> None:
        """What is said at the end."""
        outcome = self.outcome
        if self.writer:
            self.voice.show("".join(self.writer.close()), exact=True)
        if self.webpage:
            path = str(self.settings.report)
            try:
                self.create(path, self.webpage.chunks())
            except (SummitfixError, OSError) as error:
                self.fail(Input(path, path), error)
        if self.view and outcome.damaged:
            self.voice.show(self.view.table(outcome))
            files_are = "1 file is" if outcome.damaged == 1 else f"{outcome.damaged} files are"
            self.voice.note(f"{files_are} damaged, {outcome.clean} clean; --write repairs in place")
        elif self.mode in ("write", "interactive") and (outcome.repaired or outcome.left or outcome.unseen or (outcome.failed and outcome.clean)):
            self.voice.note(outcome.summary())
        elif self.mode in ("view", "check", "write", "interactive") and outcome.clean and not (outcome.failed or outcome.damaged) and isatty(sys.stderr):
            self.voice.note(f"{report.counted(outcome.clean, 'file')} clean")

    def _pool(self) -> Pool | None:
        """Processes for many files, if asked for; one input has no use for them, and a review waits for its user anyway."""
        number = int(self.settings.jobs) or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
        if number == 1 or self.mode in ("filter", "output", "interactive"):
            return None
        from summitfix.jobs import Pool

        return Pool(number)

    def _baseline(self) -> Baseline | None:
        """What is known and left."""
        if self.settings.baseline is None:
            return None
        from summitfix.baseline import Baseline

        return Baseline(self.settings.baseline)

    def _writer(self) -> Writer | None:
        """What makes a record of each repair."""
        if self.settings.format == "text":
            return None
        from summitfix import records

        return records.writer(self.settings.format)

    def _webpage(self) -> Webpage | None:
        """What makes the page for --report."""
        if self.settings.report is None:
            return None
        from summitfix.webpage import Webpage

        return Webpage()

    def _review(self) -> Review | None:
        """What asks about each repair."""
        if self.mode != "interactive":
            return None
        from summitfix.review import Review

        return Review(colour=colour(sys.stderr, self.settings), say=say)

    def _progress(self) -> Progress | None:
        """A sign of life, where somebody waits."""
        unwatched = self.settings.quiet or any(os.environ.get(name) for name in ("PRE_COMMIT", "CI")) or not (isatty(sys.stderr) and isatty(sys.stdin))
        mingles = self.mode in ("diff", "filter", "output") and isatty(sys.stdout)  # bytes that are printed as they come
        if unwatched or mingles or self.mode in ("interactive", "show_files", "show_config"):
            return None
        from summitfix.progress import Progress

        return Progress()

    def fail(self, given: Input, error: Exception) -> None:
        """Report trouble with one input, and go on."""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        if isinstance(error, OSError) and isinstance(error.filename, str) and error.filename in left_overs(str(given.path)):
            reason = f"{label(error.filename)}: {reason}"
        if given.walked and isinstance(error, Unread):
            return self.voice.note(f"{label(given.name)}: {reason}; left as it is")
        self.outcome.failed += 1
        self.voice.complain(f"{label(given.name)}: {reason}")
