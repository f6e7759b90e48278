"""The command: the only module that prints or exits.

standard output carries the product alone (repaired text, a diff, a list); everything meant for a person goes to standard error. What is printed
depends on options only; a terminal changes its dress.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

import summitfix
from summitfix import beside, config, core, files, finding, interrupts, modes, options, outgoing, recovery, report, writing
from summitfix.config import Config
from summitfix.core import Change, Repair, SummitfixError
from summitfix.files import Binary, Block, Unread
from summitfix.finding import Finding, Found, Plan
from summitfix.inputs import Input, Inputs
from summitfix.options import Settings
from summitfix.report import Outcome
from summitfix.terminal import flat, label

if TYPE_CHECKING:
    from summitfix.baseline import Baseline
    from summitfix.diff import View
    from summitfix.jobs import Pool
    from summitfix.progress import Progress
    from summitfix.records import Writer
    from summitfix.review import Review
    from summitfix.webpage import Webpage

REPORTS = "https://github.com/summitfix/summitfix/issues"


class Unwritable(SummitfixError):
    """Standard output takes no more."""


def run() -> NoReturn:
    """The console script: works on `sys.argv` and ends the process.

    The order matters: dying of a closed pipe as cat does; a bug is a traceback and 70, never a wrong 1; what is still buffered is flushed where a full
    disk can be reported; Ctrl-C ends in a death by SIGINT, so that a shell loop around us stops too, and so do the other signals that end us.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    interrupts.listen()
    try:
        code = _main(sys.argv[1:])
        _flush()
    except KeyboardInterrupt as interrupt:
        interrupts.listen_no_more()
        cause = interrupt.args[0] if interrupt.args else signal.SIGINT
        _say("summitfix: interrupted; files already written are whole")
        os.kill(os.getpid(), cause)
        code = 128 + cause
    except SummitfixError as error:
        _say(f"summitfix: {flat(str(error))}")
        code = report.TROUBLE
    except Exception:
        import traceback

        _say(f"{traceback.format_exc()}\nsummitfix {summitfix.__version__}: this is a bug; please report it with the lines above at {REPORTS}")
        code = report.BUG
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else the interpreter complains a second time
    sys.exit(code)


def _main(arguments: list[str]) -> int:
    """The exit code for a command line."""
    settings = options.read(arguments)
    if settings is not None:
        return _work(settings)
    import click

    try:
        given = options.command(summitfix.__version__).main(arguments, "summitfix", standalone_mode=False)
    except OSError as error:  # help is printed by click
        raise Unwritable(f"cannot write standard output: {error.strerror}") from None
    except click.ClickException as error:
        error.show()
        return report.TROUBLE
    except click.Abort:
        raise KeyboardInterrupt from None
    return _work(given) if isinstance(given, Settings) else int(given)


def _work(settings: Settings) -> int:
    """Do what the settings say; the exit code."""
    if settings.rule is not None:
        from summitfix import rules

        _product((rules.rule(settings.rule).text.encode(),))
        return report.CLEAN
    mode = modes.mode(settings, piped=sys.stdin is not None and not _isatty(sys.stdin), asked=_isatty(sys.stderr))
    if mode is None:
        _say(options.USAGE.rstrip())
        return report.TROUBLE
    job = Job(settings, mode)
    return job.show() if mode.startswith("show_") else job.run()


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
        self.inputs = Inputs(settings, summitfix.CHAIN, writes=mode in ("write", "interactive"), note=self._note, fail=self._fail)
        self.plans: dict[tuple[Config, frozenset[str]], Plan] = {}
        self.outcome = Outcome()
        self.ahead: Found | None = None
        self.view: View | None = None
        self.progress = self._progress()
        self.baseline = self._baseline()
        self.writer = self._writer()
        self.webpage = self._webpage()
        self.review = self._review()

    def run(self) -> int:
        """Work through the inputs; the exit code."""
        deliver: Callable[[Input, BinaryIO, Outcome], None] = getattr(self, f"_{self.mode}")
        given = None
        pool = self._pool()
        try:
            for given, ahead in pool.ahead(self.inputs, self._plan) if pool else ((each, None) for each in self.inputs):
                self.ahead = ahead
                if self.review and self.review.is_over:
                    self.outcome.unseen = True
                    break
                if self.progress:
                    self.progress.at(label(given.name))
                finding.chain(self._plan(given))  # what is wrong with the options or the configuration is trouble for all files
                self._deliver(deliver, given)
        finally:
            if pool:
                pool.close()
            if self.progress:
                self.progress.close()
        if given is None and not self.outcome.failed:
            self._note("no files there")
        self._close()
        return self.outcome.code(exit_zero=self.settings.exit_zero)

    def _deliver(self, deliver: Callable[[Input, BinaryIO, Outcome], None], given: Input) -> None:
        """Do what the mode does with one input; trouble with it is reported, and the next one may do better."""
        found = Outcome()
        try:
            with files.opened(given.path, regular=given.walked or self.inputs.writes, follow=not given.walked) as stream:
                deliver(given, stream, found)
        except Unwritable:
            raise
        except Binary as error:
            self._note(f"{label(given.name)}: {error}; left as it is", 1)
        except (SummitfixError, OSError) as error:
            self._fail(given, error)
        else:
            self.outcome.add(found)

    def _findings(self, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[Finding]:
        """What is found in an input, less what is known and what is refused. All that looks on is told."""
        stray = broken = 0
        for block, whole, bad in self._found(given, stream):
            repair = whole
            if block.line == block.column == 1 and self._hears(1):
                self._note(f"{label(given.name)}: {block.encoding}, {block.evidence}", 1)
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
                self._complain(f"{label(given.name)}:{line}: no JSON object; left as it is")
            broken += len(bad)
            if self.writer:
                self._show("".join(self.writer.add(given.name, block, repair)))
            if self.webpage:
                self.webpage.add(given.name, block, repair)
            yield Finding(block, repair)
        if broken:
            found.failed = 1
            if broken > report.LISTED:
                self._complain(f"{label(given.name)}: and {broken - report.LISTED} more lines that are no JSON object")
        if stray:
            self._note(f"{label(given.name)}: {report.counted(stray, 'byte')} that no codec explains left as found", self.mode == "filter")

    def _found(self, given: Input, stream: BinaryIO) -> Iterable[Finding]:
        """What is found in an input: here, or by another process if the file is still the one that it looked at."""
        ahead = self.ahead
        if ahead and ahead.known == finding.known(os.fstat(stream.fileno())):
            return ahead.findings
        return finding.findings(stream, self._plan(given))

    def _plan(self, given: Input) -> Plan:
        """How to look at an input: as the command line says, else as its configuration does, but for the passes kept from this file."""
        key = given.config, self.inputs.ignored(given)
        if key not in self.plans:
            self.plans[key] = self._made(*key)
        return self.plans[key]

    def _made(self, configured: Config, kept: frozenset[str]) -> Plan:
        """The plan for files with this configuration, which are kept from these passes."""
        settings = self.settings
        select, ignore = settings.select or configured.select or tuple(summitfix.CHAIN), settings.ignore or configured.ignore
        left_out = {*ignore, *kept}
        return Plan(
            passes=tuple(name for name in summitfix.CHAIN if name in select and name not in left_out),
            encoding=settings.encoding or configured.encoding,
            language=settings.language or configured.language,
            least=0.0 if settings.unsure else core.SURE,
            keep=configured.keep,
            fields=settings.field,
            meant=settings.meant,
            read=settings.read,
            boilerplate=settings.boilerplate or configured.boilerplate,
            spam_file=configured.spam_file and os.path.relpath(os.path.join(configured.folder, configured.spam_file)),
            spam_folder=None if settings.config else configured.folder,
            live=settings.line_buffered,
        )

    def _view(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Show what would be repaired."""
        for block, repair, _ in self._findings(given, stream, found):
            if repair.changes or repair.doubts:
                if self.view is None:
                    from summitfix.diff import View

                    self.view = View(colour=_colour(sys.stdout, self.settings))
                self._show(self.view.block(given.name, block, repair))
                if self.settings.explain:
                    from summitfix import explain

                    self._show("".join("\n" + "".join(f"{line}\n" for line in story) for story in explain.stories(block, repair)))
        found.looked()

    def _records(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Print a record of each repair; the recorder does it."""
        for _ in self._findings(given, stream, found):
            pass
        found.looked()

    def _check(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Say in one line whether there is damage."""
        for _ in self._findings(given, stream, found):
            pass
        found.looked()
        if found.damaged:
            self._show(f"{label(given.name)}: {report.tally(found.passes)}\n")

    def _diff(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Print a patch."""
        from summitfix.patch import patch

        found_here = self._findings(given, stream, found)
        pieces = (piece for block, repair, _ in found_here for piece in outgoing.pieces(block, repair, self.codec, self.mark))
        _product(patch(os.path.normpath(given.name) if given.path else given.name, pieces))
        found.looked()

    def _filter(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair to standard output. What is no text, text that cannot be read, and what is excluded goes through as it is."""
        if given.excluded:
            return _product(iter(lambda: stream.read(files.BLOCK), b""))
        try:
            _product(self._repaired(given, stream, found))
        except Unread as error:
            _product(chain((error.data,), iter(lambda: stream.read(files.BLOCK), b"")))
            if isinstance(error, Binary):
                self._note(f"{label(given.name)}: {error}; passed through as it is")
                return
            raise SummitfixError(f"{error}; passed through as it is") from None

    def _output(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair to a file, or to standard output."""
        if self.settings.output == "-":
            self._filter(given, stream, found)
            return
        output = str(self.settings.output)
        try:
            self._create(output, self._repaired(given, stream, found))
        except Unread:
            raise
        except (SummitfixError, OSError) as error:
            self._fail(Input(output, output), error)

    def _repaired(self, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[bytes]:
        """The repaired input: UTF-8 unless --to says otherwise."""
        for block, repair, _ in self._findings(given, stream, found):
            for _, new in outgoing.pieces(block, repair, self.codec or "utf-8", self.mark):
                yield new
            if self.settings.line_buffered:
                _flush()
        found.delivered()

    def _write(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair in place. What is before the first change is copied by the file system; a file without one is never opened for writing."""
        if given.path is None:
            return self._filter(given, stream, found)
        self._rewrite(given, os.fstat(stream.fileno()), self._findings(given, stream, found), found)

    def _interactive(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair in place what is taken. All is asked before anything is written: nothing lies half written beside a file while somebody thinks it over.

        The text is not kept meanwhile, only what was taken of each block.
        """
        read, looked_at = os.fstat(stream.fileno()), 0
        answers = list[tuple[Change, ...]]()
        for block, repair, _ in self._findings(given, stream, found):
            answers.append(repair.changes)
            looked_at += len(block.bom) + len(block.data)
            if self.review and self.review.is_over:
                break
        if any(answers):
            stream.seek(0)
            self._rewrite(given, read, _answered(finding.blocks(stream, self._plan(given)), answers), found)
        found.delivered()
        found.unseen = looked_at < read.st_size

    def _foresee(self, given: Input, stream: BinaryIO, block: Block, repair: Repair) -> None:
        """Let nobody answer in vain. Raises SummitfixError if the file cannot be written; what its codec cannot hold may still be refused."""
        writing.check_writable(str(given.path), os.fstat(stream.fileno()))
        try:
            for _ in outgoing.pieces(block, repair, self.codec, self.mark):
                pass
        except SummitfixError as error:
            self._note(f"{label(given.name)}: {error}")

    def _rewrite(self, given: Input, read: os.stat_result, findings: Iterator[Finding], found: Outcome) -> None:
        """Write what was found back to the file; `read` is what it was when it was opened."""
        path, kept = str(given.path), 0
        for first in findings:
            if any(old != new for old, new in outgoing.pieces(first.block, first.repair, self.codec, self.mark)):
                break
            kept += len(first.block.bom) + len(first.block.data)
        else:
            return found.looked()
        told = list[str]()

        def repaired() -> Iterator[bytes]:
            for block, repair, _ in chain((first,), findings):
                told.extend(islice(report.repairs(given.name, block, repair), report.LISTED - len(told)))
                for _, new in outgoing.pieces(block, repair, self.codec, self.mark):
                    yield new

        writing.rewrite(path, read, kept, repaired(), self.settings.backup)
        found.delivered()
        more = sum(found.passes.values()) - len(told)
        for line in [*told, *([f"{label(given.name)}: and {more} more"] if more else [])]:
            self._note(line)

    def _create(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write to a file of the user's choice. Raises SummitfixError and OSError."""
        if done := recovery.put_right(path):
            self._note(f"{label(path)}: {done}")
        writing.create(path, chunks)

    def show(self) -> int:
        """Print the files that would be looked at, or their configurations; the exit code."""
        shown = dict[Config, int]()
        for given in self.inputs:
            if self.mode == "show_files":
                name = label(given.name) if _isatty(sys.stdout) else given.name  # a terminal obeys what it is told
                _product((os.fsencode(name) + (b"\0" if self.settings.null else b"\n"),))
            else:
                shown[given.config] = shown.get(given.config, 0) + 1
        for found, number in shown.items():
            overridden = {name: value for name in ("select", "ignore", "encoding", "language", "boilerplate") if (value := getattr(self.settings, name))}
            _product((f"# {report.counted(number, 'file')}\n{config.toml(found._replace(**overridden))}\n".encode("utf-8", "surrogateescape"),))
        return report.TROUBLE if self.outcome.failed else report.CLEAN

    def _close(self) -> None:
        """What is said at the end."""
        outcome = self.outcome
        if self.writer:
            self._show("".join(self.writer.close()))
        if self.webpage:
            path = str(self.settings.report)
            try:
                self._create(path, self.webpage.chunks())
            except (SummitfixError, OSError) as error:
                self._fail(Input(path, path), error)
        if self.view and outcome.damaged:
            self._show(self.view.table(outcome))
            files_are = "1 file is" if outcome.damaged == 1 else f"{outcome.damaged} files are"
            self._note(f"{files_are} damaged, {outcome.clean} clean; --write repairs in place")
        elif self.mode in ("write", "interactive") and (outcome.repaired or outcome.left or outcome.unseen or (outcome.failed and outcome.clean)):
            self._note(outcome.summary())
        elif self.mode in ("view", "check", "write", "interactive") and outcome.clean and not (outcome.failed or outcome.damaged) and _isatty(sys.stderr):
            self._note(f"{report.counted(outcome.clean, 'file')} clean")

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

        return Review(colour=_colour(sys.stderr, self.settings), say=_say)

    def _progress(self) -> Progress | None:
        """A sign of life, where somebody waits."""
        unwatched = self.settings.quiet or any(os.environ.get(name) for name in ("PRE_COMMIT", "CI")) or not (_isatty(sys.stderr) and _isatty(sys.stdin))
        mingles = self.mode in ("diff", "filter", "output") and _isatty(sys.stdout)  # bytes that are printed as they come
        if unwatched or mingles or self.mode in ("interactive", "show_files", "show_config"):
            return None
        from summitfix.progress import Progress

        return Progress()

    def _show(self, text: str) -> None:
        """Print a view or a list, unless only the exit code is wanted."""
        if self.progress:
            self.progress.pause()
        if self.settings.quiet < 2:
            codec = "utf-8" if self.writer else getattr(sys.stdout, "encoding", None) or "utf-8"
            _product((text.encode(codec, "surrogateescape" if self.writer else "backslashreplace"),))

    def _note(self, text: str, level: int = 0) -> None:
        """Say something that only those who asked for `level` times --verbose hear."""
        if self._hears(level):
            self._tell(text)

    def _hears(self, level: int) -> bool:
        """Whether somebody asked for what is said at this level."""
        return self.settings.verbose - self.settings.quiet >= level

    def _fail(self, given: Input, error: Exception) -> None:
        """Report trouble with one input, and go on."""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        if isinstance(error, OSError) and isinstance(error.filename, str) and error.filename in beside.left_overs(str(given.path)):
            reason = f"{label(error.filename)}: {reason}"
        if given.walked and isinstance(error, Unread):
            return self._note(f"{label(given.name)}: {reason}; left as it is")
        self.outcome.failed += 1
        self._complain(f"{label(given.name)}: {reason}")

    def _complain(self, text: str) -> None:
        """A line on what is trouble."""
        if self.settings.quiet < 2:
            self._tell(f"summitfix: {text}")

    def _tell(self, text: str) -> None:
        """A line on standard error, with no progress in its way, and nothing in it that a terminal obeys."""
        if self.progress:
            self.progress.pause()
        _say(flat(text))


def _colour(stream: TextIO | None, settings: Settings) -> bool:
    """Whether to use colour on `stream`: what was asked for, then the environment's conventions, then whether it is a terminal."""
    given, environment = settings.color, os.environ
    if settings.no_color or given in ("always", "never"):
        return given == "always" and not settings.no_color
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0") or environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return _isatty(stream)


def _isatty(stream: TextIO | None) -> bool:
    """Whether somebody looks at `stream`."""
    return stream is not None and stream.isatty()


def _answered(blocks: Iterable[Block], answers: Iterable[tuple[Change, ...]]) -> Iterator[Finding]:
    """What was taken of each block of a file that is read again; nothing of those not asked about. Raises SummitfixError if the file is another by now."""
    for block, changes in zip_longest(blocks, answers):
        try:
            if block is None:
                raise ValueError("a block less")
            yield Finding(block, Repair(block.text, core.apply(block.text, changes or ()), changes or (), (), ()))
        except ValueError:
            raise SummitfixError(beside.CHANGED) from None


def _product(chunks: Iterable[bytes]) -> None:
    """Write to standard output. Raises Unwritable."""
    for chunk in chunks:
        try:
            if sys.stdout is None:
                raise OSError(errno.EBADF, "it is closed")
            rest = memoryview(chunk)
            while rest:  # with PYTHONUNBUFFERED the system may take a part only, and says why at the next try
                taken = sys.stdout.buffer.write(rest)
                if taken is None:
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                rest = rest[taken:]
        except OSError as error:
            raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def _flush() -> None:
    """Hand what is buffered to the system. Raises Unwritable."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def _say(text: str, end: str = "\n") -> None:
    """A line on standard error; if nobody listens there, nobody listens."""
    if sys.stderr is not None:  # print would take None for standard output
        with suppress(OSError, ValueError):
            print(text, end=end, file=sys.stderr, flush=True)
