"""The command: the only module that prints or exits.

standard output carries the product alone (repaired text, a diff, a list); everything meant for a person goes to standard error. What is printed
depends on options only; a terminal changes its dress.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, NoReturn, TextIO

import summitfix
from summitfix import core, files, options, report
from summitfix.core import Pass, Repair, SummitfixError
from summitfix.files import Binary, Block, Unread
from summitfix.options import Settings
from summitfix.report import Outcome

if TYPE_CHECKING:
    from summitfix.diff import View

REPORTS = "https://github.com/summitfix/summitfix/issues"


class Misuse(SummitfixError):
    """The command line asks for what cannot be."""


class Unwritable(SummitfixError):
    """Standard output takes no more."""


class Input(NamedTuple):
    """Something to repair: what to call it, where it is (None for standard input), and whether it was named or found in a folder."""

    name: str
    path: str | None
    walked: bool = False


class Finding(NamedTuple):
    """A block and its repair."""

    block: Block
    repair: Repair


def run() -> NoReturn:
    """The console script: works on `sys.argv` and ends the process.

    The order matters: dying of a closed pipe as cat does; a bug is a traceback and 70, never a wrong 1; what is still buffered is flushed where a full
    disk can be reported; Ctrl-C ends in a death by SIGINT, so that a shell loop around us stops too.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        code = _main(sys.argv[1:])
        _flush()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _say("summitfix: interrupted; files already written are whole")
        os.kill(os.getpid(), signal.SIGINT)
        code = 130
    except SummitfixError as error:
        _say(f"summitfix: {error}")
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
        return int(options.command(summitfix.__version__, _work).main(arguments, "summitfix", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return report.TROUBLE
    except click.Abort:
        raise KeyboardInterrupt from None


def _work(settings: Settings) -> int:
    """Do what the settings say; the exit code."""
    mode = _mode(settings)
    if mode is None:
        _say(options.USAGE.rstrip())
        return report.TROUBLE
    return Job(settings, mode).run()


def _mode(settings: Settings) -> str | None:
    """The name of the mode, or None if there is nothing to work on. Raises Misuse."""
    modes = [name for name in ("write", "diff", "check", "output") if getattr(settings, name)]
    if len(modes) > 1:
        raise Misuse(f"--{modes[0]} and --{modes[1]} exclude each other; see summitfix -h")
    if modes == ["write"] and not settings.paths:
        raise Misuse("--write needs at least one PATH; see summitfix -h")
    if modes == ["output"] and (len(settings.paths) > 1 or any(os.path.isdir(path) for path in settings.paths)):
        raise Misuse("--output takes one input; --write repairs many files in place")
    if not settings.paths and (sys.stdin is None or _isatty(sys.stdin)):
        return None
    if modes in ([], ["write"]) and settings.paths in ((), ("-",)):
        return "filter"
    return modes[0] if modes else "view"


class Job:
    """One run of the command: what was asked for, and what has come of it so far."""

    def __init__(self, settings: Settings, mode: str) -> None:
        self.settings, self.mode = settings, mode
        self.chain = _chain(settings)
        self.codec: str | None = None
        self.mark = b""
        if settings.to:
            self.codec, self.mark = files.codec_named(settings.to)
        if settings.encoding:
            files.codec_named(settings.encoding)
        self.outcome = Outcome()
        self.view: View | None = None

    def run(self) -> int:
        """Work through the inputs; the exit code."""
        deliver: Callable[[Input, BinaryIO, Outcome], None] = getattr(self, f"_{self.mode}")
        given = None
        for given in self._inputs():
            found = Outcome()
            try:
                with files.opened(given.path) as stream:
                    deliver(given, stream, found)
            except Unwritable:
                raise
            except Binary as error:
                self._note(f"{report.label(given.name)}: {error}; left as it is", 1)
                continue
            except (SummitfixError, OSError) as error:
                self._fail(given, error)
                continue
            self.outcome.add(found)
        if given is None and not self.outcome.failed:
            self._note("no files there")
        self._close()
        return self.outcome.code(exit_zero=self.settings.exit_zero)

    def _inputs(self) -> Iterator[Input]:
        """What the paths name, each file once however often and by whatever name it is given."""
        seen = set[tuple[int, int]]()
        for path in self.settings.paths or ("-",):
            if path == "-":
                if _isatty(sys.stdin):
                    self._note("reading standard input, Ctrl-D ends")
                yield Input(self.settings.stdin_filename, None)
                continue
            try:
                status = os.stat(path)
            except OSError as error:
                self._fail(Input(path, path), error)
                continue
            if self.mode == "write" and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
                self._fail(Input(path, path), SummitfixError("neither a file nor a folder; not written"))
                continue
            for given, found in self._walked(path) if stat.S_ISDIR(status.st_mode) else ((Input(path, path), status),):
                if not stat.S_ISREG(found.st_mode) or (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    yield given

    def _walked(self, folder: str) -> Iterator[tuple[Input, os.stat_result]]:
        """The files of a folder that are not too large to be somebody's writing."""
        from summitfix import walk

        def failed(error: OSError) -> None:
            self._fail(Input(str(error.filename), None), error)

        for path, status in walk.walk(folder, failed):
            given = Input(os.path.normpath(path), path, True)
            if files.is_left_over(path):
                self._note(f"{report.label(given.name)}: left by a run that was killed; compare it with the file it is named after, then remove it")
            elif status.st_size > walk.LARGEST:
                self._note(f"{report.label(given.name)}: more than {walk.LARGEST // 1_000_000} MB; name it to have it repaired")
            else:
                yield given, status

    def _findings(self, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[Finding]:
        """The blocks of an input with their repairs; each block knows the misreadings proven by those before it."""
        rows = dict[str, int]()
        stray = 0
        for block in files.blocks(stream, self.settings.encoding):
            repair = core.repair(block.text, self.chain, encoding=block.encoding, rows=rows)
            for rule, number in repair.rows.items():
                rows[rule] = rows.get(rule, 0) + number
            if block.line == block.column == 1:
                self._note(f"{report.label(given.name)}: {block.encoding}, {block.evidence}", 1)
            found.count(repair.changes)
            stray += block.stray
            yield Finding(block, repair)
        if stray:
            self._note(f"{report.label(given.name)}: {report.counted(stray, 'byte')} that no codec explains left as found", self.mode == "filter")

    def _view(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Show what would be repaired."""
        for block, repair in self._findings(given, stream, found):
            if repair.changes or repair.doubts:
                if self.view is None:
                    from summitfix.diff import View

                    self.view = View(colour=_colour(sys.stdout, self.settings))
                self._show(self.view.block(given.name, block, repair))
        found.looked()

    def _check(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Say in one line whether there is damage."""
        for _ in self._findings(given, stream, found):
            pass
        found.looked()
        if found.damaged:
            self._show(f"{report.label(given.name)}: {report.tally(found.passes)}\n")

    def _diff(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Print a patch."""
        pieces = (piece for finding in self._findings(given, stream, found) for piece in files.pieces(*finding, self.codec, self.mark))
        _product(report.patch(os.path.normpath(given.name) if given.path else given.name, pieces))
        found.looked()

    def _filter(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair to standard output. What is no text, or text that cannot be read, goes through as it is."""
        try:
            _product(self._repaired(given, stream, found))
        except Unread as error:
            _product(chain((error.data,), iter(lambda: stream.read(files.BLOCK), b"")))
            if isinstance(error, Binary):
                self._note(f"{report.label(given.name)}: {error}; passed through as it is")
                return
            raise SummitfixError(f"{error}; passed through as it is") from None

    def _output(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair to a file, or to standard output."""
        if self.settings.output == "-":
            self._filter(given, stream, found)
            return
        output = str(self.settings.output)
        try:
            files.create(output, self._repaired(given, stream, found))
        except Unread:
            raise
        except (SummitfixError, OSError) as error:
            self._fail(Input(output, output), error)

    def _repaired(self, given: Input, stream: BinaryIO, found: Outcome) -> Iterator[bytes]:
        """The repaired input: UTF-8 unless --to says otherwise."""
        for finding in self._findings(given, stream, found):
            for _, new in files.pieces(*finding, self.codec or "utf-8", self.mark):
                yield new
        found.delivered()

    def _write(self, given: Input, stream: BinaryIO, found: Outcome) -> None:
        """Repair in place. What is before the first change is copied by the file system; a file without one is never opened for writing."""
        if given.path is None:
            return self._filter(given, stream, found)
        findings, kept = self._findings(given, stream, found), 0
        for finding in findings:
            if any(old != new for old, new in files.pieces(*finding, self.codec, self.mark)):
                break
            kept += len(finding.block.bom) + len(finding.block.data)
        else:
            return found.looked()
        told = list[str]()

        def repaired() -> Iterator[bytes]:
            for block, repair in chain((finding,), findings):
                told.extend(islice(report.repairs(given.name, block, repair), report.LISTED - len(told)))
                for _, new in files.pieces(block, repair, self.codec, self.mark):
                    yield new

        files.rewrite(given.path, os.fstat(stream.fileno()), kept, repaired())
        found.delivered()
        more = sum(found.passes.values()) - len(told)
        for line in [*told, *([f"{report.label(given.name)}: and {more} more"] if more else [])]:
            self._note(line)

    def _close(self) -> None:
        """What is said at the end."""
        outcome = self.outcome
        if self.view and outcome.damaged:
            self._show(self.view.table(outcome))
            files_are = "1 file is" if outcome.damaged == 1 else f"{outcome.damaged} files are"
            self._note(f"{files_are} damaged, {outcome.clean} clean; --write repairs in place")
        elif self.mode == "write" and (outcome.repaired or (outcome.failed and outcome.clean)):
            self._note(outcome.summary())
        elif self.mode in ("view", "check", "write") and outcome.clean and not (outcome.failed or outcome.damaged) and _isatty(sys.stderr):
            self._note(f"{report.counted(outcome.clean, 'file')} clean")

    def _show(self, text: str) -> None:
        """Print a view or a list, unless only the exit code is wanted."""
        if self.settings.quiet < 2:
            _product((text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "backslashreplace"),))

    def _note(self, text: str, level: int = 0) -> None:
        """Say something that only those who asked for `level` times --verbose hear."""
        if self.settings.verbose - self.settings.quiet >= level:
            _say(text)

    def _fail(self, given: Input, error: Exception) -> None:
        """Report trouble with one input, and go on."""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        if given.walked and isinstance(error, Unread):
            return self._note(f"{report.label(given.name)}: {reason}; left as it is")
        self.outcome.failed += 1
        if self.settings.quiet < 2:
            _say(f"summitfix: {report.label(given.name)}: {reason}")


def _chain(settings: Settings) -> dict[str, Pass]:
    """The passes that were chosen. Raises Misuse for the name of none."""
    for name in (*settings.select, *settings.ignore):
        if name not in summitfix.CHAIN:
            raise Misuse(f"no pass is called {name!r}; there are {', '.join(summitfix.CHAIN)}")
    return {name: find for name, find in summitfix.CHAIN.items() if (not settings.select or name in settings.select) and name not in settings.ignore}


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


def _product(chunks: Iterable[bytes]) -> None:
    """Write to standard output. Raises Unwritable."""
    for chunk in chunks:
        try:
            if sys.stdout is None:
                raise OSError(errno.EBADF, "it is closed")
            sys.stdout.buffer.write(chunk)
        except OSError as error:
            raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def _flush() -> None:
    """Hand what is buffered to the system. Raises Unwritable."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise Unwritable(f"cannot write standard output: {error.strerror}") from None


def _say(text: str) -> None:
    """A line on standard error; if nobody listens there, nobody listens."""
    if sys.stderr is not None:  # print would take None for standard output
        with suppress(OSError, ValueError):
            print(text, file=sys.stderr, flush=True)
