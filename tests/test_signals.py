"""How the command dies: of Ctrl-C by SIGINT, of a reader that went away by SIGPIPE, and of a full disk with a word."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import DRIVER, QUIET

from summitfix import interrupts
from summitfix.files import BLOCK

ENVIRONMENT = {**os.environ, **QUIET}
TEXT = b"a plain line of text, as there are many\n"


def waited(until: Callable[[], bool]) -> None:
    """Wait for something to happen, half a minute at most."""
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_a_reader_that_goes_away_ends_it_silently(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(TEXT * 500_000)
    with (tmp_path / "large.txt").open("rb") as source:
        process = subprocess.Popen(DRIVER, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(10) == TEXT[:10]
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == -signal.SIGPIPE


def test_a_shell_sees_141(tmp_path: Path) -> None:
    script = f"yes 'a line' | head -c 20000000 | {{ {' '.join(DRIVER)}; echo $? >code; }} | head -n 1"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=True)
    assert (done.stdout, done.stderr, (tmp_path / "code").read_text()) == (b"a line\n", b"", "141\n")


def test_ctrl_c_is_a_death_by_sigint() -> None:
    process = subprocess.Popen([*DRIVER, "-v"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert process.stdin is not None and process.stderr is not None
    process.stdin.write(TEXT * (BLOCK // len(TEXT) + 1))
    process.stdin.flush()
    assert process.stderr.readline() == b"-: utf-8, clean UTF-8\n"  # it has read a block and waits for more
    process.send_signal(signal.SIGINT)
    assert process.stderr.read() == b"summitfix: interrupted; files already written are whole\n"
    assert process.wait(30) == -signal.SIGINT


def test_ctrl_c_stops_the_loop_of_a_shell(tmp_path: Path) -> None:
    """Ctrl-C goes to the whole process group; bash ends its loop only if the command died of it."""
    os.mkfifo(tmp_path / "endless")
    (tmp_path / "loop").write_text(f"for turn in 1 2 3; do echo $turn >>turns; {' '.join(DRIVER)} -v - <endless 2>>said; done")
    process = subprocess.Popen(["bash", "loop"], cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True, env=ENVIRONMENT)
    with (tmp_path / "endless").open("wb") as endless:
        endless.write(TEXT * (BLOCK // len(TEXT) + 1))
        endless.flush()
        waited(lambda: b"clean UTF-8" in (tmp_path / "said").read_bytes())
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == -signal.SIGINT
    assert (tmp_path / "turns").read_text() == "1\n"


ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("cause", ENDING, ids=lambda cause: cause.name)
def test_interrupted_while_writing_the_file_is_the_old_one(tmp_path: Path, cause: signal.Signals) -> None:
    path = tmp_path / "large.txt"
    text = b"donn?t\n" + TEXT * 1_000_000
    path.write_bytes(text)
    process = subprocess.Popen([*DRIVER, "-w", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    waited(lambda: len(os.listdir(tmp_path)) == 2)
    process.send_signal(cause)
    _, said = process.communicate(timeout=30)
    assert process.returncode == -cause and said == b"summitfix: interrupted; files already written are whole\n"
    assert path.read_bytes() == text and os.listdir(tmp_path) == ["large.txt"]


def test_what_the_caller_ignores_stays_ignored(tmp_path: Path) -> None:
    """As nohup does with SIGHUP."""
    (tmp_path / "a.txt").write_bytes(b"donn?t WAIT\n")
    ignoring = partial(signal.signal, signal.SIGHUP, signal.SIG_IGN)
    process = subprocess.Popen([*DRIVER, "-w", "a.txt"], cwd=tmp_path, stdout=subprocess.PIPE, env=ENVIRONMENT, preexec_fn=ignoring)  # noqa: PLW1509
    assert process.stdout is not None and process.stdout.readline() == b"waiting\n"
    process.send_signal(signal.SIGHUP)
    (tmp_path / "go").touch()
    assert process.wait(30) == 0 and (tmp_path / "a.txt").read_text() == "donn’t WAIT\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["-w"], ["-o", "out.txt"]], ids=" ".join)
def test_a_reader_that_goes_away_while_a_file_is_written_leaves_nothing_beside_it(tmp_path: Path, arguments: list[str], unbuffered: str) -> None:
    text = b"donn?t\n" + TEXT * (BLOCK // len(TEXT) + 1) + b"donn?t\n" * 20_000
    (tmp_path / "a.txt").write_bytes(text)
    command = [*DRIVER, *arguments, "--format", "json", "a.txt"]
    environment = {**ENVIRONMENT, "PYTHONUNBUFFERED": unbuffered}
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(10) == b'{"path": "'
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(30) == -signal.SIGPIPE
    assert (tmp_path / "a.txt").read_bytes() == text and os.listdir(tmp_path) == ["a.txt"]


def test_signals_wait_while_they_are_held_back() -> None:
    before = {cause: signal.getsignal(cause) for cause in ENDING}
    done = list[str]()
    try:
        interrupts.listen()
        for cause in ENDING:
            with pytest.raises(KeyboardInterrupt) as caught, interrupts.held_back():
                signal.raise_signal(cause)
                done.append("held")
            assert caught.value.args == (cause,)
            with pytest.raises(KeyboardInterrupt), interrupts.held_back(), interrupts.let_through():
                signal.raise_signal(cause)
                done.append("not reached")
        interrupts.listen_no_more()
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        for cause, handler in before.items():
            signal.signal(cause, handler)
    assert done == ["held"] * len(ENDING)


@pytest.mark.parametrize("arguments", [[], ["--diff", "-"], ["--check", "-"], ["-o", "-", "-"]], ids=lambda arguments: " ".join(arguments) or "filter")
def test_a_full_disk_is_trouble(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*DRIVER, *arguments], input=b"donn?t\n", stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stderr) == (2, b"summitfix: cannot write standard output: No space left on device\n")


def test_a_full_disk_in_the_middle_is_trouble() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(DRIVER, input=TEXT * 200_000, stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stderr) == (2, b"summitfix: cannot write standard output: No space left on device\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_takes_only_a_part_is_trouble(tmp_path: Path, unbuffered: str) -> None:
    """As one does that is nearly full; Python hands that on where its output is not buffered."""
    environment = {**ENVIRONMENT, "PYTHONUNBUFFERED": unbuffered}
    script = f"ulimit -f 8; exec {' '.join(DRIVER)} >out.txt"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, input=TEXT * 2000, stderr=subprocess.PIPE, env=environment, check=False)
    assert (done.returncode, done.stderr) == (2, b"summitfix: cannot write standard output: File too large\n")


def test_a_closed_standard_output_is_trouble_only_if_something_is_to_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"donn?t\n")
    command = " ".join(DRIVER)
    done = subprocess.run(["sh", "-c", f"{command} --check a.txt >&-"], cwd=tmp_path, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert done.returncode == 2 and done.stderr.startswith(b"summitfix: cannot write standard output")
    done = subprocess.run(["sh", "-c", f"{command} -w a.txt >&-"], cwd=tmp_path, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert done.returncode == 0 and (tmp_path / "a.txt").read_text() == "donn’t\n"


def test_a_closed_standard_input_is_trouble(tmp_path: Path) -> None:
    done = subprocess.run(["sh", "-c", f"{' '.join(DRIVER)} - <&-"], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=False)
    assert done.returncode == 2 and b"Bad file descriptor" in done.stderr


def test_a_closed_standard_error_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"donn?t\n")
    done = subprocess.run(["sh", "-c", f"{' '.join(DRIVER)} -w a.txt 2>&-"], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stdout, (tmp_path / "a.txt").read_text()) == (0, b"", "donn’t\n")


def test_at_a_terminal_without_anything_to_do_it_says_how_to_use_it() -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(DRIVER, stdin=follower, capture_output=True, env=ENVIRONMENT, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (2, b"") and done.stderr.startswith(b"usage: summitfix [OPTIONS]")
    os.close(leader)
    os.close(follower)


def test_on_a_terminal_it_has_colour_and_says_that_all_is_clean(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"donn?t\n")
    (tmp_path / "b.txt").write_bytes(b"fine\n")
    shown = {}
    for name in "a.txt", "b.txt":
        leader, follower = pty.openpty()
        environment = {**ENVIRONMENT, "TERM": "xterm-256color"}
        process = subprocess.Popen([*DRIVER, name], stdin=follower, stdout=follower, stderr=follower, cwd=tmp_path, env=environment)
        os.close(follower)
        process.wait(30)
        shown[name] = os.read(leader, 65536)
        os.close(leader)
    assert b"\x1b[" in shown["a.txt"] and shown["b.txt"] == b"1 file clean\r\n"
