"""No network, no other program: what an import and each job of the command ask of the system, told by Python itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import QUIET

ARTICLE = Path(__file__).parent.parent / "samples" / "article.damaged.txt"
RIGHT = ARTICLE.with_name("article.expected.txt").read_bytes()

REFUSED = ("socket.", "ssl.", "http.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "pty.", "ctypes.dlopen")
"""The beginnings of the audit events of all that leads out of a process; even to make a socket is one."""

GUARD = f"""
import os, sys

def refuse(event, arguments):
    if event.startswith({REFUSED}):
        print("asked for", event, arguments, file=sys.stderr, flush=True)
        os._exit(99)

sys.addaudithook(refuse)
"""
"""Ends the process at once: an exception might be caught."""

COMMAND = "from summitfix.cli import run\nrun()\n"


def guarded(program: str, *arguments: str | Path, folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program under the guard, which is there before the first import of ours."""
    command = [sys.executable, "-c", GUARD + program, *arguments]
    return subprocess.run(command, input=given, cwd=folder, capture_output=True, env={**os.environ, **QUIET}, timeout=120, check=False)


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://localhost/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_the_guard_sees_what_it_is_for(tmp_path: Path, program: str) -> None:
    done = guarded(program, folder=tmp_path)
    assert done.returncode == 99 and done.stderr.startswith(b"asked for ")


def test_importing_every_module_asks_for_nothing(tmp_path: Path) -> None:
    """But those of the extras, which import engines that do what they like."""
    program = """
import importlib, pkgutil, summitfix
names = [module.name for module in pkgutil.walk_packages(summitfix.__path__, "summitfix.")]
for name in names:
    if name not in ("summitfix.__main__", "summitfix.scale.arrow", "summitfix.scale.datatrove") and not name.startswith("summitfix.data.build_words"):
        importlib.import_module(name)
print(len(names))
"""
    done = guarded(program, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"") and int(done.stdout) > 50


def test_the_article_is_repaired_in_a_pipe(tmp_path: Path) -> None:
    done = guarded(COMMAND, folder=tmp_path, given=ARTICLE.read_bytes())
    assert (done.returncode, done.stdout, done.stderr) == (0, RIGHT, b"")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["article.txt"], 1),
        (["--check", "."], 1),
        (["--diff", "article.txt"], 1),
        (["--explain", "article.txt"], 1),
        (["--format", "json", "."], 1),
        (["--format", "github", "."], 1),
        (["--format", "sarif", "."], 1),
        (["--report", "page.html", "article.txt"], 1),
        (["--rule", "mojibake"], 0),
        (["--show-config", "article.txt"], 0),
        (["--help"], 0),
        (["--unsure", "--boilerplate", "-o", "clean.txt", "article.txt"], 0),
        (["-w", "."], 0),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_no_job_asks_for_network_or_programs(tmp_path: Path, arguments: list[str], code: int) -> None:
    """In a folder with a configuration, beside a file in a codec that is to be detected."""
    (tmp_path / "article.txt").write_bytes(ARTICLE.read_bytes())
    (tmp_path / "old.txt").write_bytes("Паром отходит в семь, а другого на острове нет; возьмите хлеба.\n".encode("cp1251"))
    (tmp_path / ".summitfix.toml").write_text('exclude = ["*.bak"]\n')
    done = guarded(COMMAND, *arguments, folder=tmp_path)
    assert (done.returncode, done.stderr.count(b"asked for")) == (code, 0), done.stderr


ALONE = ("unshare", "--map-root-user", "--net")
"""A network of one's own without any interface in it."""


def test_the_article_is_repaired_where_there_is_no_network(tmp_path: Path) -> None:
    """With worker processes too. Where the kernel lets nobody make such a place, the guard above is the proof."""
    cut = () if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode else ALONE
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_bytes(ARTICLE.read_bytes())
    command = [*cut, sys.executable, "-m", "summitfix", "-q", "-w", "-j", "2", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env={**os.environ, **QUIET}, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(tmp_path / f"{name}.txt").read_bytes() == RIGHT for name in "abcd"] == [True] * 4
