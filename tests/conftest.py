"""What the tests of the command share: a way to run it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Where a run decides whether work is taken in, it must not depend on the examples of the day: those are for the others to find.
# What it takes to make or to try one is no matter of theirs either way: any machine may be busy.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", settings.get_profile("patient"), derandomize=True)
settings.load_profile("fixed" if os.environ.get("CI") else "patient")

# Who runs the tests may ignore these signals, as `nohup` and jobs in the background do, and what they start would inherit that: nothing would end by them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

HERE = Path(__file__).parent
DRIVER = [sys.executable, str(HERE / "driver.py")]
COMMAND = [sys.executable, "-m", "summitfix"]
QUIET = {"COLUMNS": "80", "LC_ALL": "C.UTF-8", "NO_COLOR": "", "FORCE_COLOR": "", "CLICOLOR_FORCE": "", "PYTHONPATH": str(HERE.parent)}

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command, with the small passes of the driver, in the test's own folder."""

    def call(
        *arguments: str | bytes | Path, given: bytes = b"", command: list[str] = DRIVER, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *arguments], input=given, capture_output=True, cwd=tmp_path, env={**os.environ, **QUIET, **(environment or {})}, timeout=120, check=False
        )

    return call
