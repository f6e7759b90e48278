"""What a row is, and what a command takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SCRIPT = str(Path(sysconfig.get_path("scripts"), "summitfix"))
"""The command as a user has it."""


class Row(NamedTuple):
    """A line of the table: what was done, what is wanted, what came out, the same of the peers, and whether that is enough (None: nothing is wanted)."""

    name: str
    target: str
    ours: str
    peers: str
    met: bool | None = None


class Cost(NamedTuple):
    """What a command took: seconds of the processor, seconds of the clock, and megabytes at the most."""

    seconds: float
    clock: float
    memory: float


@contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """The environment of an installed command, whose modules were compiled beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
        yield {"PYTHONPYCACHEPREFIX": folder} | kept


def cost(command: Sequence[str], given: Path | None = None, output: Path | None = None, environment: dict[str, str] | None = None) -> Cost:
    """Run a command on a file as its standard input; what it prints goes to `output`, or nowhere."""
    begin = time.perf_counter()
    with open(given or os.devnull, "rb") as source, open(output or os.devnull, "wb") as target:
        process = subprocess.Popen(command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{command[0]} ended with {process.returncode}"
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss / 1000)


def program(name: str) -> str | None:
    """Where a peer's command is, in this environment or on PATH."""
    return shutil.which(name, path=f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}")


def said(command: Sequence[str]) -> str:
    """The first line that a command prints: its version, if asked for that."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.partition("\n")[0]
