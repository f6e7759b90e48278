"""The odd cases of a real file system, each of them really made: permissions, full disks, files that change meanwhile, names that no one should give."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import DRIVER, QUIET, Run

from summitfix import cli, files
from summitfix.core import SummitfixError

BEFORE, AFTER = "You donn?t say.\n", "You donn’t say.\n"

PR_CAPBSET_DROP = 24
OVERRIDES = (1, 2, 3)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER: what lets root pass by the mode of a file


def obedient() -> None:
    """Let the process that is to start obey the modes of files, even if it is root's."""
    if os.geteuid() == 0:
        for capability in OVERRIDES:
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def limited() -> None:
    """Let the process that is to start write no more than 4 kB to any file: to it, each disk is full then."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def command(folder: Path, *arguments: str, before: Callable[[], None] = obedient) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DRIVER, *arguments], cwd=folder, env={**os.environ, **QUIET}, capture_output=True, text=True, timeout=60, check=False, preexec_fn=before
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with one damaged file; it can be removed afterwards whatever was done to its mode."""
    inside = tmp_path / "folder"
    inside.mkdir()
    (inside / "a.txt").write_text(BEFORE)
    yield inside
    inside.chmod(0o700)


def test_an_unreadable_file_is_trouble_and_the_others_are_done(folder: Path) -> None:
    (folder / "b.txt").write_text(BEFORE)
    (folder / "a.txt").chmod(0)
    for arguments in ["-w", "a.txt", "b.txt"], ["--check", "."]:
        done = command(folder, *arguments)
        assert done.returncode == 2 and "summitfix: a.txt: Permission denied\n" in done.stderr
    assert (folder / "b.txt").read_text() == AFTER


def test_a_folder_that_cannot_be_entered_is_trouble(folder: Path) -> None:
    (folder / "deep").mkdir(mode=0)
    done = command(folder, "--check", ".")
    assert (done.returncode, done.stdout) == (2, "a.txt: 1 glyphs\n") and "Permission denied" in done.stderr
    (folder / "deep").chmod(0o700)


def test_a_read_only_file_is_shown_and_not_written(folder: Path) -> None:
    (folder / "a.txt").chmod(0o444)
    assert command(folder, "--check", "a.txt").returncode == 1
    done = command(folder, "-w", "--backup", ".orig", "a.txt")
    assert (done.returncode, done.stderr) == (2, "summitfix: a.txt: read-only; not written\n")
    assert (folder / "a.txt").read_text() == BEFORE and os.listdir(folder) == ["a.txt"]


def test_in_a_folder_that_cannot_be_written_the_file_stays(folder: Path) -> None:
    folder.chmod(0o555)
    done = command(folder, "-w", "a.txt")
    assert done.returncode == 2 and "its folder is not writable" in done.stderr
    assert (folder / "a.txt").read_text() == BEFORE and os.listdir(folder) == ["a.txt"]


@pytest.mark.parametrize("links", [1, 2])
@pytest.mark.parametrize("backup", [[], ["--backup", "~"]])
def test_on_a_full_disk_the_file_stays_whole_and_nothing_is_left(folder: Path, links: int, backup: list[str]) -> None:
    text = BEFORE * 1000
    (folder / "a.txt").write_text(text)
    if links == 2:
        os.link(folder / "a.txt", folder / "b.txt")
    done = command(folder, "-w", *backup, "a.txt", before=limited)
    assert (done.returncode, done.stderr) == (2, "summitfix: a.txt: File too large\n")
    assert (folder / "a.txt").read_text() == text
    assert sorted(os.listdir(folder)) == ["a.txt", "b.txt"][:links]


def test_on_a_full_disk_no_half_output_is_left(folder: Path) -> None:
    (folder / "a.txt").write_text(BEFORE * 1000)
    for option in "-o", "--report":
        done = command(folder, option, "out", "a.txt", before=limited)
        assert done.returncode == 2 and "summitfix: out: File too large\n" in done.stderr
        assert os.listdir(folder) == ["a.txt"]


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


MEDDLERS: dict[str, Callable[[Path], object]] = {
    "grown": lambda path: path.write_text(path.read_text() + "more\n"),
    "rewritten": lambda path: path.write_text(BEFORE.upper()),
    "replaced": lambda path: os.replace(path.with_name("other.txt"), path),
    "linked": lambda path: (path.unlink(), path.symlink_to("other.txt")),
    "moved": lambda path: (path.rename(path.with_name("moved.txt")), path.symlink_to("moved.txt")),
    "deleted": lambda path: path.unlink(),
    "piped": piped,
    "foldered": lambda path: (path.unlink(), path.mkdir()),
}


def seen(folder: Path) -> dict[str, object]:
    """What each name of a folder stands for."""
    return {path.name: os.readlink(path) if path.is_symlink() else path.read_text() if path.is_file() else path.stat().st_mode for path in folder.iterdir()}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("how", MEDDLERS)
def test_a_file_that_changes_while_it_is_repaired_is_not_written(folder: Path, how: str, jobs: str) -> None:
    """A pass of the driver says when the file has been read, and waits until somebody else has changed it.

    Where another process had read it, it is looked at again, and what is damaged in it then is repaired.
    """
    (folder / "other.txt").write_text("Somebody's work.\n")
    (folder / "a.txt").write_text(BEFORE + "WAIT\n")
    arguments = [*DRIVER, "-w", "-j", jobs, "a.txt"]
    process = subprocess.Popen(arguments, cwd=folder, env={**os.environ, **QUIET}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "waiting\n"
    MEDDLERS[how](folder / "a.txt")
    meddled = seen(folder)
    (folder / "go").touch()
    _, said = process.communicate(timeout=60)
    (folder / "go").unlink()
    if jobs == "2" and how in ("grown", "rewritten", "replaced", "linked", "moved"):
        assert process.returncode == 0
        name = "moved.txt" if how == "moved" else "a.txt"
        meddled[name] = str(meddled[name]).replace("donn?t", "donn’t")
    else:
        assert process.returncode == 2 and any(reason in said for reason in ("; not written", "; left as it is", "No such file", "Is a directory"))
    assert seen(folder) == meddled


@pytest.mark.parametrize("how", ["linked", "piped"])
def test_what_takes_the_place_of_a_file_in_a_folder_is_neither_followed_nor_waited_for(folder: Path, how: str) -> None:
    (folder / "other.txt").write_text(BEFORE)
    MEDDLERS[how](folder / "a.txt")
    with pytest.raises(SummitfixError, match="no regular file any more; left as it is"):
        files.opened(str(folder / "a.txt"), regular=True, follow=False)


class Worn(io.BytesIO):
    """A file on a worn disk: behind its first block it cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.read_bytes())
        self.path = path

    def fileno(self) -> int:
        self.file = self.path.open("rb")
        return self.file.fileno()

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= files.BLOCK:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(size)


@pytest.mark.parametrize("arguments", [["-w"], ["-w", "--backup", ".orig"], ["--check"], ["--diff"], ["-o", "out.txt"]], ids=" ".join)
def test_a_file_that_can_be_read_only_in_part_stays_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    text = "The sky was â€˜blueâ€™.\n" + "A plain line of text.\n" * (files.BLOCK // 10)
    (folder / "a.txt").write_text(text)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(files, "opened", lambda path, **_: Worn(Path(path)))
    assert cli._main([*arguments, "a.txt"]) == 2
    assert capsys.readouterr().err.endswith("Input/output error\n")
    assert seen(folder) == {"a.txt": text}


NAMES = [
    "-w",
    "--diff",
    "new\nline.txt",
    "tab\there",
    "\x1b[31mred",
    "weiß.txt",
    "caf\udce9.txt",
    "[bold]",
    "a" * 250,
    " ",
    "\u202eevil.txt",
    "$(id)",
    "per%cent:,.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(folder: Path, name: str) -> None:
    (folder / "a.txt").rename(folder / name)
    for mode in [], ["--check"], ["--diff"], ["--format", "json"], ["--format", "github"], ["--format", "sarif"], ["--show-files"]:
        done = subprocess.run([*DRIVER, *mode, "--", name], cwd=folder, env={**os.environ, **QUIET}, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (int(mode != ["--show-files"]), b"1 file is damaged, 0 clean; --write repairs in place\n" * (not mode))
        lines = done.stdout.split(b"\n")
        assert mode or len([line for line in lines if line.startswith("── ".encode())]) == 1
        assert mode not in (["--check"], ["--format", "json"], ["--format", "github"]) or len(lines) == 2
    done = subprocess.run([*DRIVER, "-w", "--", name], cwd=folder, env={**os.environ, **QUIET}, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and done.stderr.count(b"\n") == 2 and not done.stdout
    assert (folder / name).read_text() == AFTER and len(os.listdir(folder)) == 1


@pytest.mark.parametrize("path", ["/dev/null", "/proc/self/mem"])
def test_devices_are_read_and_not_written(run: Run, path: str) -> None:
    assert run("-w", path).returncode == 2
    done = run("--check", path)
    assert done.returncode == (0 if path == "/dev/null" else 2) and b"Traceback" not in done.stderr


def test_backups_are_never_overwritten(folder: Path) -> None:
    for number in range(3):
        (folder / "a.txt").write_text(BEFORE + str(number))
        assert command(folder, "-w", "--backup", ".orig", ".").returncode == 0
    for number, name in enumerate(["a.txt.orig", "a.txt.orig.~1~", "a.txt.orig.~2~"]):
        assert (folder / name).read_text() == BEFORE + str(number)
    assert (folder / "a.txt").read_text() == AFTER + "2" and len(os.listdir(folder)) == 4


def test_a_backup_has_the_mode_and_the_time_of_the_file_and_a_clean_file_has_none(folder: Path) -> None:
    (folder / "a.txt").chmod(0o640)
    os.utime(folder / "a.txt", (1, 86400))
    (folder / "clean.txt").write_text("all is well\n")
    assert command(folder, "-w", "--backup=~", ".").returncode == 0
    status = (folder / "a.txt~").stat()
    assert (status.st_mode & 0o777, status.st_mtime) == (0o640, 86400) and not (folder / "clean.txt~").exists()


@pytest.mark.parametrize("suffix", ["/x", "../x"])
def test_a_backup_stays_in_its_folder(folder: Path, suffix: str) -> None:
    done = command(folder, "-w", "--backup", suffix, "a.txt")
    assert done.returncode == 2 and "the end of a name, not a path" in done.stderr and (folder / "a.txt").read_text() == BEFORE


def test_a_process_that_writes_as_it_goes_is_served_line_by_line() -> None:
    process = subprocess.Popen(
        [sys.executable, *DRIVER[1:], "--line-buffered"], env={**os.environ, **QUIET}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    assert process.stdin and process.stdout
    for number in range(3):
        process.stdin.write(f"{number} You donn?t say.\n".encode())
        assert process.stdout.readline().decode() == f"{number} You donn’t say.\n"
    process.stdin.write(b"half a line, donn?")
    process.stdin.write(b"t break it")
    process.stdin.close()
    assert process.stdout.read().decode() == "half a line, donn’t break it" and process.wait(60) == 0
