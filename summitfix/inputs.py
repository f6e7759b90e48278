"""What a command line names: files, folders, lists of files and standard input, each with the configuration that holds for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from summitfix import config, files
from summitfix.beside import is_left_over, left_overs
from summitfix.config import Config
from summitfix.core import SummitfixError
from summitfix.options import Settings
from summitfix.terminal import label

if TYPE_CHECKING:
    from summitfix.globs import Patterns

LEFT = "left by a run that was killed, or is at work; repairing the file it is named after with --write puts that right"
"""What is said of a file that stands beside one that is written."""


class Input(NamedTuple):
    """Something to repair: what to call it, where it is (None for standard input), its configuration, and whether it was found in a folder.

    `excluded` is said of standard input alone: it is handed on as it is.
    """

    name: str
    path: str | None
    config: Config = Config()
    walked: bool = False
    excluded: bool = False


class Inputs:
    """The inputs that `settings` name, each file once however often and by whatever name it is given.

    `note` is told what a person may want to know (with the --verbose level that it takes), `fail` what is trouble with one of them; the others go on.
    A configuration that is wrong is trouble for all: it raises SummitfixError.
    """

    def __init__(
        self, settings: Settings, passes: Collection[str], *, writes: bool, note: Callable[[str, int], None], fail: Callable[[Input, Exception], None]
    ) -> None:
        self.settings, self.writes, self.note, self.fail = settings, writes, note, fail
        try:
            os.getcwd()
        except OSError as error:
            raise SummitfixError(f"the folder it is run in: {error.strerror}; change to another one") from None
        fixed = Config() if settings.isolated else None
        if settings.config is not None:
            fixed = config.load(settings.config, passes)
            if fixed is None:
                raise SummitfixError(f"{settings.config}: there is no [{config.TABLE}] in it")
        self.configs = config.Configs(passes, fixed)
        self.own = frozenset(_own(settings))
        self.patterns: dict[tuple[str, ...], Patterns] = {}

    def __iter__(self) -> Iterator[Input]:
        """The inputs, in the order in which they are named."""
        seen = set[tuple[int, int]]()
        for path in self._named():
            if path == "-" and self.settings.files_from != "-":
                yield self._standard()
                continue
            try:
                status = os.stat(path)
                if self.writes and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
                    raise SummitfixError("neither a file nor a folder; not written")
            except (SummitfixError, OSError) as error:
                self.fail(Input(path, path), error)
                continue
            except ValueError:
                self.fail(Input(path, path), SummitfixError("a name that holds a NUL; --null reads names that end with one"))
                continue
            is_folder = stat.S_ISDIR(status.st_mode)
            if self.settings.force_exclude and self._is_excluded(_absolute(path), is_folder):
                self.note(f"{label(path)}: excluded", 1)
                continue
            for given, found, is_littered in self._walked(path) if is_folder else ((Input(path, path, self.configs.of(path)), status, True),):
                if not stat.S_ISREG(found.st_mode) or (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    if not is_littered or self._is_put_right(given):
                        yield given

    def _named(self) -> Iterator[str]:
        """The paths, those of a list behind those of the command line. Raises SummitfixError."""
        yield from self.settings.paths
        name = self.settings.files_from
        if name is not None:
            listed = os.fsdecode(files.held(None if name == "-" else name))
            paths = listed.split("\0") if self.settings.null else (line.removesuffix("\r") for line in listed.split("\n"))
            yield from (f".{os.sep}-" if path == "-" else path for path in paths if path)  # in a list it is a file like others
        elif not self.settings.paths:
            yield "-"

    def _standard(self) -> Input:
        """Standard input, with the configuration that a file of its name would have."""
        name = self.settings.stdin_filename
        found = self.configs.of(name)
        excluded = self.settings.force_exclude and name != "-" and self._is_excluded(_absolute(name), False)
        return Input(name, None, found, excluded=excluded)

    def _is_put_right(self, given: Input) -> bool:
        """Deal with what a killed run left beside a file, if this one writes; whether the file can be looked at then."""
        try:
            if not self.writes:
                for beside in left_overs(str(given.path)) if not given.walked else ():
                    self.note(f"{label(beside)}: {LEFT}", 0)
            elif left_overs(str(given.path)):
                from summitfix.recovery import put_right

                if done := put_right(str(given.path)):
                    self.note(f"{label(given.name)}: {done}", 0)
        except (SummitfixError, OSError) as error:
            self.fail(given, error)
            return False
        return True

    def _walked(self, folder: str) -> Iterator[tuple[Input, os.stat_result, bool]]:
        """The files of a folder that are not too large to be somebody's writing, each with its status and whether a killed run left something there."""
        from summitfix.walk import Walk
        from summitfix.writing import is_backup

        def failed(error: OSError) -> None:
            self.fail(Input(str(error.filename), None), error)

        walk = Walk(failed, self._is_excluded, gitignore=not self.settings.no_respect_gitignore)
        left = list[str]()
        for path, real, status, is_littered in walk.files(folder):
            name = os.path.normpath(path)
            found = self.configs.within(os.path.dirname(real))
            if is_left_over(path):
                left.append(path)
            elif (status.st_dev, status.st_ino) in self.own:
                self.note(f"{label(name)}: what this run itself reads or prints; left as it is", 1)
            elif self.settings.backup and is_backup(path, self.settings.backup):
                self.note(f"{label(name)}: a backup; left as it is", 1)
            elif status.st_size > found.max_walk_size:
                self.note(f"{label(name)}: more than {found.max_walk_size / 1e6:g} MB; name it to have it repaired", 0)
            else:
                yield Input(name, path, found, True), status, is_littered
        for path in left:  # what was put right is gone by now
            if os.path.lexists(path):
                self.note(f"{label(os.path.normpath(path))}: {LEFT}", 0)

    def _is_excluded(self, path: str, is_folder: bool) -> bool:
        """Whether an absolute path, in a folder without symbolic links, is left out by --exclude or by its configuration."""
        if self.settings.exclude and self._match(os.getcwd(), self.settings.exclude, path, is_folder, "--exclude"):
            return True
        found = self.configs.within(os.path.dirname(path))
        return bool(found.exclude) and self._match(found.folder, found.exclude, path, is_folder, f'{found.path}: "exclude"')

    def ignored(self, given: Input) -> frozenset[str]:
        """The passes that the configuration keeps from this input."""
        found = given.config
        if not found.per_file_ignores:
            return frozenset()
        path, source = _absolute(given.path or given.name), f'{found.path}: "per-file-ignores"'
        return frozenset(name for pattern, names in found.per_file_ignores if self._match(found.folder, (pattern,), path, False, source) for name in names)

    def _match(self, folder: str, lines: tuple[str, ...], path: str, is_folder: bool, source: str) -> bool:
        """Whether patterns relative to `folder` match an absolute path; `source` is where they were given. Raises SummitfixError for what is no pattern."""
        from summitfix.globs import Patterns

        def refused(line: str) -> None:
            raise SummitfixError(f"{source}: {line!r} is no pattern of .gitignore")

        key = (folder, *lines)
        if key not in self.patterns:
            self.patterns[key] = Patterns(folder, lines, refused)
        return bool(self.patterns[key].match(path, folder=is_folder))


def _own(settings: Settings) -> Iterator[tuple[int, int]]:
    """Device and inode of the files that hold what a run itself says of damage: its standard output, its report, its baseline. They quote all of it."""
    for path in 1, settings.report, settings.baseline:
        if path is not None:
            with suppress(OSError):
                status = os.stat(path)
                if stat.S_ISREG(status.st_mode):
                    yield status.st_dev, status.st_ino


def _absolute(path: str) -> str:
    """`path` from the root on, its folders without symbolic links; the link it may be itself stays, since that is what a pattern names."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)
