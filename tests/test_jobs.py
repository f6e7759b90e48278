"""Several processes find what one would, in the order in which one would; killing one costs nothing, and none outlives the command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DRIVER, QUIET, Run

from summitfix.finding import Plan
from summitfix.inputs import Input
from summitfix.jobs import LARGEST, _found

ENVIRONMENT = {**os.environ, **QUIET}
FILES = 24

SPAWNED = [sys.executable, "-c", "import sys; sys.argv[0] = 'summitfix'; from summitfix.cli import run; run()"]
"""The command as processes that are spawned can import it: those of the driver would not know its passes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of all kinds: damaged, clean, empty, no text, no UTF-8."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:02}.txt").write_text(f"The café in street {number} isn’t open.\n".encode().decode("cp1252") if number % 3 else "All is well.\n")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "legacy.txt").write_bytes("Der Bürgermeister hat dafür gestimmt, daß die Straße im Frühjahr neu gepflastert wird.\n".encode("cp1252") * 4)
    return folder


MODES = {
    "view": [],
    "check": ["--check"],
    "diff": ["--diff"],
    "write": ["-w"],
    "json": ["--format", "json"],
    "sarif": ["--format", "sarif"],
    "github": ["--format", "github"],
    "explain": ["--explain"],
    "report": ["--report", "report.html", "--check"],
}


@pytest.mark.parametrize("arguments", MODES.values(), ids=MODES)
def test_what_two_processes_find_is_what_one_finds(run: Run, tmp_path: Path, folder: Path, arguments: list[str]) -> None:
    held = {path: path.read_bytes() for path in folder.iterdir()}
    outcomes = []
    for jobs in "1", "2":
        for path, data in held.items():
            path.write_bytes(data)
        done = run(*arguments, "-v", "-j", jobs, "texts", command=SPAWNED)
        page = tmp_path / "report.html"
        outcomes.append((done.returncode, done.stdout, done.stderr, [path.read_bytes() for path in held], page.read_bytes() if page.exists() else b""))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == (0 if arguments == ["-w"] else 1) and (outcomes[0][1] or arguments == ["-w"])


def test_a_file_that_is_too_large_to_be_handed_over_is_looked_at_all_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("a plain line of text\n" * (LARGEST // 20) + "The café isn’t open.\n".encode().decode("cp1252"))
    (tmp_path / "small.txt").write_text("The café isn’t open.\n".encode().decode("cp1252"))
    done = run("--check", "-j", "2", "large.txt", "small.txt", command=SPAWNED)
    assert (done.returncode, done.stdout) == (1, b"large.txt: 2 mojibake\nsmall.txt: 2 mojibake\n")


def children(process: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def is_gone(process: int) -> bool:
    """Whether a process has ended, or waits for nothing but to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def workers(process: int) -> list[int]:
    """Those of the children that look at files: not the one that keeps count of shared resources."""
    return [child for child in children(process) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def waited(until: Callable[[], object]) -> None:
    """Wait for something to happen, half a minute at most."""
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


def damaged_files(folder: Path, number: int) -> Path:
    """A folder of so many files in French, each line of them damaged."""
    folder.mkdir()
    for file in range(number):
        lines = (f"L’hôtel n° {file}-{line} près de la forêt était complètement fermé à Noël.\n" for line in range(5))
        (folder / f"{file:04}.txt").write_text("".join(lines).encode().decode("cp1252", "ignore"))
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough damaged text to be busy with for a second or two."""
    return damaged_files(tmp_path / "many", 30)


@pytest.fixture
def too_many(tmp_path: Path) -> Path:
    """So many that nobody waits for the end: 30 of them were once done in 0.6 s."""
    return damaged_files(tmp_path / "many", 2000)


def begun(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command at work on a folder with two processes."""
    command = [*SPAWNED, "-j", "2", *arguments, folder.name]
    process = subprocess.Popen(command, cwd=folder.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True)
    waited(lambda: len(workers(process.pid)) == 2)
    return process


def test_a_process_that_is_killed_costs_nothing(run: Run, many: Path) -> None:
    expected = run("--diff", "many", command=SPAWNED)
    process = begun(many, "--diff")
    for worker in workers(process.pid):
        os.kill(worker, signal.SIGKILL)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (1, expected.stdout, b"")


def test_processes_that_are_killed_again_and_again_cost_nothing(run: Run, many: Path) -> None:
    expected = run("--check", "many", command=SPAWNED)
    process = begun(many, "--check")
    killed = 0
    while process.poll() is None and killed < 12:
        for worker in workers(process.pid) if not is_gone(process.pid) else ():
            os.kill(worker, signal.SIGKILL)
            killed += 1
        time.sleep(0.1)
    out, said = process.communicate(timeout=60)
    assert killed and (process.returncode, out, said) == (1, expected.stdout, b"")


def test_a_process_that_is_killed_while_files_are_written_costs_no_text(run: Run, many: Path) -> None:
    copy = many.with_name("copy")
    shutil.copytree(many, copy)
    expected = run("-w", "copy", command=SPAWNED)
    process = begun(many, "-w", "--backup", "~")
    time.sleep(0.3)
    for worker in workers(process.pid):
        os.kill(worker, signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.replace(b"many/", b"copy/")) == (expected.returncode, expected.stderr) == (0, expected.stderr)
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == {path.name: path.read_bytes() for path in many.iterdir() if path.name[-1] != "~"}


@pytest.mark.parametrize("instant", ["self.process.kill(); self.process.join()", "raise BrokenPipeError"], ids=["started", "starting"])
def test_processes_that_do_not_live_to_get_work_cost_nothing(run: Run, tmp_path: Path, folder: Path, instant: str) -> None:
    """To hand work to one that is dead is a broken pipe, of which the command would die as of that of its reader."""
    program = f"""
import sys
from summitfix import cli, jobs
made = jobs._Worker.__init__
def short_lived(self, context):
    made(self, context)
    {instant}
jobs._Worker.__init__ = short_lived
if __name__ == "__main__":
    cli.run()
"""
    (tmp_path / "program.py").write_text(program)
    expected = run("--check", "texts", command=SPAWNED)
    done = run("--check", "-j", "2", "texts", command=[sys.executable, "program.py"])
    assert (done.returncode, done.stdout, done.stderr) == (1, expected.stdout, b"")


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _found(str(tmp_path / "pipe"), Plan(("mojibake",))) is None


@pytest.mark.parametrize("wait", [0.0, 0.02, 0.1, 0.6])
def test_ctrl_c_ends_all_of_them(too_many: Path, wait: float) -> None:
    """A terminal sends it to all of them, and perhaps while they are starting."""
    process = begun(too_many, "-w")
    time.sleep(wait)
    theirs = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    lines = said.decode().splitlines()
    assert process.returncode == -signal.SIGINT and lines[-1] == "summitfix: interrupted; files already written are whole"
    assert all(line.startswith("many/") for line in lines[:-1])
    waited(lambda: all(map(is_gone, theirs)))
    assert not [name for name in os.listdir(too_many) if "summitfix-" in name]


def test_none_of_them_outlives_a_command_that_is_killed(too_many: Path) -> None:
    process = begun(too_many, "--check")
    theirs = children(process.pid)
    process.kill()
    process.communicate(timeout=10)
    waited(lambda: all(map(is_gone, theirs)))


def test_a_file_that_is_another_by_now_is_looked_at_again(tmp_path: Path) -> None:
    """What the other process found is used only for the very file it looked at."""
    program = """
import os, sys
from summitfix import cli, jobs
ahead = jobs.Pool.ahead
def meddled(self, inputs, plan):
    for given, found in ahead(self, inputs, plan):
        assert found is not None and found.findings
        with open(given.path, "w") as file:
            file.write("The caf\\u00c3\\u00a9 was renamed, and it is d\\u00c3\\u00a9j\\u00c3\\u00a0 vu.\\n")
        yield given, found
jobs.Pool.ahead = meddled
if __name__ == "__main__":
    sys.argv = ["summitfix", "-j", "2", "-w", "a.txt"]
    cli.run()
"""
    (tmp_path / "program.py").write_text(program)
    (tmp_path / "a.txt").write_text("All the cafÃ©s are closed.\n")
    done = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, b"") and b"3 mojibake" in done.stderr
    assert (tmp_path / "a.txt").read_text() == "The café was renamed, and it is déjà vu.\n"


@pytest.mark.parametrize("number", ["two", "-1", "1.5", ""])
def test_a_number_of_processes_is_a_number(run: Run, number: str) -> None:
    done = run("--check", f"--jobs={number}", ".", command=DRIVER)
    assert (done.returncode, done.stdout) == (2, b"") and b"--jobs is to be a number of processes" in done.stderr


@pytest.mark.parametrize("number", ["0", "1", "3"])
def test_any_number_of_processes_will_do(run: Run, folder: Path, number: str) -> None:
    done = run("--check", "-j", number, "texts", command=SPAWNED)
    assert done.returncode == 1 and len(done.stdout.splitlines()) == FILES - FILES // 3


def test_what_is_handed_over_is_plain_data() -> None:
    import pickle

    plan, given = Plan(("mojibake",), keep=("a",)), Input("a", "a")
    assert pickle.loads(pickle.dumps((plan, given))) == (plan, given)
