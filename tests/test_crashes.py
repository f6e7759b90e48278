"""Nothing is lost, whatever goes wrong and whenever: each call that writing makes to the system fails, or is the last one, or comes too late."""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from calls import watched
from driver import PASSES
from kills import QUICK, WAYS, Shots

import summitfix
from summitfix import cli, finding
from summitfix.beside import is_left_over

LONG = "The sun sets over the harbour, and nobody thinks of tomorrow.\n" * 300  # more than a buffer of Python holds
OLD, NEW = f"You donn?t say.\n{LONG}", f"You donn’t say.\n{LONG}"
OLDER = f"{LONG}The caf BUY NOW was closed.\n{LONG}"
SHORTER = f"{LONG}The caf was closed.\n{LONG}"
MODE = 0o640


REMOVING = ("lstat", "fstat", "unlink")
"""The calls by which a left-over is removed: where one of them fails it stays, and is named."""


class Scene(NamedTuple):
    """A folder with a damaged file in it, a.txt, which may also be called b.txt and so cannot be renamed over, and what it shall hold."""

    old: str
    new: str
    is_linked: bool = False
    has_backup: bool = False

    @property
    def arguments(self) -> list[str]:
        return ["-w", *["--backup=.orig"] * self.has_backup, "a.txt"]

    @property
    def after(self) -> dict[str, str]:
        """What the files of the folder shall hold."""
        found = {"a.txt": self.new, "b.txt": self.new, "a.txt.orig": self.old}
        return {name: text for name, text in found.items() if (name != "b.txt" or self.is_linked) and (name != "a.txt.orig" or self.has_backup)}

    def set(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir()
        (folder / "a.txt").write_text(self.old)
        (folder / "a.txt").chmod(MODE)
        os.utime(folder / "a.txt", (86400, 86400))  # older kernels have one time for all that happens within four milliseconds
        if self.is_linked:
            os.link(folder / "a.txt", folder / "b.txt")


SCENES = {
    "renamed": Scene(OLD, NEW),
    "shorter": Scene(OLDER, SHORTER),
    "linked": Scene(OLD, NEW, is_linked=True),
    "linked-shorter": Scene(OLDER, SHORTER, is_linked=True),
    "backup": Scene(OLD, NEW, has_backup=True),
    "linked-backup": Scene(OLD, NEW, is_linked=True, has_backup=True),
}


@pytest.fixture(autouse=True)
def small_passes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The passes of the driver, in this process: the writing is what is tested."""
    for name in [*summitfix.CHAIN]:
        monkeypatch.delitem(summitfix.CHAIN, name)
    for name, find in PASSES.items():
        monkeypatch.setitem(summitfix.CHAIN, name, find)
    finding.chain.cache_clear()
    yield
    finding.chain.cache_clear()


Capture = pytest.CaptureFixture[str]


def summitfix_in(folder: Path, capsys: Capture, *arguments: str) -> tuple[int, str]:
    """Run the command in a folder, in this process: its exit code, and what it says."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        code = cli._main([*arguments])
    finally:
        os.chdir(before)
    return code, capsys.readouterr().err


def calls(scene: Scene, folder: Path, capsys: Capture) -> list[str]:
    """The names of all calls of an undisturbed run, which does what it should."""
    made = list[str]()
    scene.set(folder)
    with watched(lambda name, _: made.append(name)):
        code, _ = summitfix_in(folder, capsys, *scene.arguments)
    assert (code, texts(folder)) == (0, scene.after)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {MODE}
    return made


def fail(number: int, name: str, about: Any) -> None:
    """Let a call fail with this error number."""
    raise OSError(number, os.strerror(number), about)


def step_at(number: int, what: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
    """Do something before the call of this number, from 0."""
    turns = count()
    return lambda name, about: what(name, about) if next(turns) == number else None


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def left(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if is_left_over(str(path))]


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES], ids=errno.errorcode.__getitem__)
def test_whatever_call_fails_the_file_is_the_old_one_or_the_new_one(tmp_path: Path, capsys: Capture, scene: Scene, number: int) -> None:
    made = calls(scene, tmp_path / "undisturbed", capsys)
    for failing, failed in enumerate(made):
        folder = tmp_path / f"{failing}-{failed}"
        scene.set(folder)
        with watched(step_at(failing, partial(fail, number))):
            code, said = summitfix_in(folder, capsys, *scene.arguments)
        found = texts(folder)
        remains = {path.name: found.pop(path.name) for path in left(folder)}
        assert found["a.txt"] in (scene.old, scene.new) and (not scene.is_linked or found["b.txt"] == found["a.txt"]), folder.name
        assert all(failed in REMOVING and (name in said or failed == "fstat") for name in remains), folder.name
        if code == 0:
            assert found == scene.after, folder.name
        else:
            assert code == 2 and said.startswith("summitfix: a.txt: "), folder.name
            assert os.strerror(number) in said or "its folder is not writable" in said, folder.name
            assert ("a.txt.orig" in found) == (scene.has_backup and found["a.txt"] == scene.new), folder.name


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_whatever_call_is_the_last_one_nothing_is_lost_and_the_next_run_puts_it_right(tmp_path: Path, capsys: Capture, scene: Scene) -> None:
    mixed = 0
    for last, name in enumerate(calls(scene, tmp_path / "undisturbed", capsys)):
        folder = tmp_path / f"{last}-{name}"
        scene.set(folder)
        process = os.fork()
        if not process:
            with watched(step_at(last, lambda *_: os.kill(os.getpid(), signal.SIGKILL))):
                summitfix_in(folder, capsys, *scene.arguments)
            os._exit(0)
        assert os.waitpid(process, 0)[1] == signal.SIGKILL, folder.name
        found = texts(folder)
        names = [path.name for path in left(folder)]
        if found["a.txt"] not in (scene.old, scene.new):
            mixed += 1
            assert (found[".a.txt.summitfix-old"], found[".a.txt.summitfix-new"]) == (scene.old, scene.new), folder.name
        assert found.get("a.txt.orig", scene.old) == scene.old, folder.name
        code, said = summitfix_in(folder, capsys, *scene.arguments)
        assert (code, texts(folder)) == (0, scene.after), folder.name
        assert all(name in said for name in names) and ("left by a run that was killed" in said) == bool(names), folder.name
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {MODE}, folder.name
    assert bool(mixed) == scene.is_linked


GROWING = ("write", "posix_fallocate")


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT], ids=errno.errorcode.__getitem__)
def test_a_disk_that_stays_full_costs_no_text(tmp_path: Path, capsys: Capture, scene: Scene, number: int) -> None:
    """Not even where the old text cannot be put back: it lies beside then, which is said, and the next run has the room to do it."""
    kept = 0
    for first, name in enumerate(calls(scene, tmp_path / "undisturbed", capsys)):
        if name not in GROWING:
            continue
        folder = tmp_path / f"{first}-{name}"
        scene.set(folder)
        turns = count()

        def step(name: str, about: Any, turns: Iterator[int] = turns, first: int = first) -> None:
            if next(turns) >= first and name in GROWING:
                fail(number, name, about)

        with watched(step):
            code, said = summitfix_in(folder, capsys, *scene.arguments)
        found = texts(folder)
        assert code == 2 and said.startswith("summitfix: a.txt: ") and os.strerror(number) in said, folder.name
        if old := left(folder):
            kept += 1
            assert [path.name for path in old] == [".a.txt.summitfix-old"] and "old text could not be put back" in said and str(old[0]) in said
            assert old[0].read_text() == scene.old, folder.name
        else:
            assert (found["a.txt"], "a.txt.orig" in found) == (scene.old, False), folder.name
    assert bool(kept) == scene.is_linked


def grown(path: Path) -> None:
    with path.open("a") as file:
        file.write("Somebody adds a line.\n")


def rewritten(path: Path) -> None:
    path.write_text(path.read_text().upper())


def replaced(path: Path) -> None:
    path.with_name("other.txt").rename(path)


def linked(path: Path) -> None:
    path.unlink()
    path.symlink_to("other.txt")


def moved(path: Path) -> None:
    path.rename(path.with_name("moved.txt"))
    path.symlink_to("moved.txt")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def foldered(path: Path) -> None:
    path.unlink()
    path.mkdir()


MEDDLERS = grown, rewritten, replaced, linked, moved, Path.unlink, piped, foldered


def seen(folder: Path) -> dict[str, object]:
    """What each name of a folder stands for."""
    return {path.name: os.readlink(path) if path.is_symlink() else path.read_text() if path.is_file() else path.stat().st_mode for path in folder.iterdir()}


@pytest.mark.parametrize("scene", [SCENES["renamed"], SCENES["linked"], SCENES["backup"]], ids=["renamed", "linked", "backup"])
@pytest.mark.parametrize("meddle", MEDDLERS, ids=lambda meddle: meddle.__name__)
def test_whenever_somebody_meddles_with_the_file_his_work_stays(tmp_path: Path, capsys: Capture, scene: Scene, meddle: Callable[[Path], None]) -> None:
    """At any call but the last ones, between which no system lets anybody look: the rename, and the overwriting of a file of several names."""
    made = calls(scene, tmp_path / "undisturbed", capsys)
    end = made.index("posix_fallocate") if scene.is_linked else made.index("replace")
    for turn, name in enumerate(made[:end]):
        folder = tmp_path / f"{turn}-{name}"
        scene.set(folder)
        (folder / "other.txt").write_text("Somebody's other work.\n")
        path, meddled = folder / "a.txt", dict[str, object]()

        def step(_: str, __: Any, path: Path = path, meddled: dict[str, object] = meddled) -> None:
            meddle(path)
            meddled.update(seen(path.parent))

        with watched(step_at(turn, step)):
            code, said = summitfix_in(folder, capsys, *scene.arguments)
        now = seen(folder)
        assert code == 2 and said.startswith("summitfix: a.txt: "), folder.name
        assert {name: what for name, what in now.items() if name != "a.txt.orig"} == {
            name: what for name, what in meddled.items() if not is_left_over(name) and name != "a.txt.orig"
        }, folder.name


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_killed_at_random_instants_nothing_is_lost(tmp_path: Path, way: list[str]) -> None:
    """A dozen in all; `make test-kills` takes hundreds."""
    shots = Shots(tmp_path, QUICK, branches=1, large=50_000)
    shots.shoot(3, way, (signal.SIGKILL,))
    assert shots.found["shots"] == 3


@pytest.mark.parametrize("way", WAYS[:2], ids=" ".join)
def test_ended_by_a_signal_nothing_is_left(tmp_path: Path, way: list[str]) -> None:
    shots = Shots(tmp_path, QUICK, branches=1, large=50_000)
    shots.shoot(3, way, (signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
    assert shots.found["shots"] == 3
