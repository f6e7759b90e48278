"""What a clumsy or a hostile user gives: it works, or one clear line says what is wrong, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

from summitfix import core, fields
from summitfix.config import Configs
from summitfix.core import SummitfixError
from summitfix.files import codec_named
from summitfix.globs import Patterns
from tests.conftest import COMMAND, QUIET, Run
from tests.driver import PASSES

DAMAGED = "we donn?t know\n"


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of trouble that a run ended with."""
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("summitfix: ")
    return line


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "rot13", "x\ud800", "\0", "utf-8\0"])
def test_the_name_of_what_cannot_hold_any_text_is_refused(name: str) -> None:
    with pytest.raises(SummitfixError, match="no text codec is called"):
        codec_named(name)


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-32-be", "utf-7", "cp949", "hz", "iso2022_jp", "cp037", "utf-8-sig", "unicode_escape"])
def test_text_codecs_are_known(name: str) -> None:
    assert codec_named(name)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('exclude = ["[z-a]"]', ".summitfix.toml: \"exclude\": '[z-a]' is no pattern"),
        ('per-file-ignores = {"\\\\" = ["spam"]}', '.summitfix.toml: "per-file-ignores": '),
        ('encoding = "undefined"', ".summitfix.toml:1: no text codec is called"),
        ('encoding = "\\u0000"', ".summitfix.toml:1: no text codec is called"),
        ('spam-file = "\\u0000"', "a name that holds a NUL"),
        (f"x = {'[' * 5000}", ".summitfix.toml: nested too deep"),
    ],
)
def test_a_configuration_that_cannot_be_is_one_line(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / ".summitfix.toml").write_text(text)
    (tmp_path / "a.txt").write_text(DAMAGED)
    assert said in complaint(run("--check", "."))


@pytest.mark.parametrize("text", ["tool = 1 # summitfix", "tool = [1] # summitfix"])
def test_tools_that_are_no_table_hold_nothing_for_us(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert Configs(PASSES).of(str(tmp_path / "a.txt")).path == ""


@pytest.mark.parametrize("pattern", ["[z-a]", "\\"])
def test_an_exclusion_that_is_no_pattern_is_one_line(run: Run, tmp_path: Path, pattern: str) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED)
    assert "--exclude: " in complaint(run("--check", "--exclude", pattern, "."))


def test_a_gitignore_is_read_as_git_reads_it(run: Run, tmp_path: Path) -> None:
    """Lines end at LF or CRLF alone, a byte-order mark is none of the first, and what is no pattern matches nothing."""
    (tmp_path / ".gitignore").write_bytes("\ufeffa.txt\r\n[z-a]\n\\\n\n# b.txt\nc\x85d.txt\r\n".encode() + b"\xff.txt\n")
    for name in (b"a.txt", b"b.txt", b"d.txt", "c\x85d.txt".encode(), b"\xff.txt"):
        (tmp_path / os.fsdecode(name)).write_text(DAMAGED)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    theirs = subprocess.run(["git", "ls-files", "-zo", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert sorted(run("--show-files", "--null", ".").stdout.split(b"\0")) == sorted(theirs.split(b"\0"))
    assert b"b.txt" in theirs


def test_patterns_that_are_none_match_nothing() -> None:
    assert Patterns("/", ["[z-a]", "a"]).match("/a")
    assert Patterns("/", ["[z-a]"]).match("/a") is None


def test_folders_may_lie_deeper_than_pythons_stack(run: Run, tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_text(DAMAGED)
    os.chdir(here)
    done = run("--check", "--exclude", "b", ".")
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest goes no deeper than Python
    assert (done.returncode, done.stdout) == (1, b"d/" * 1100 + b"a.txt: 1 glyphs\n")


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    there = ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *COMMAND]
    (tmp_path / "gone").mkdir()
    done = subprocess.run(there, input=b"text\n", capture_output=True, cwd=tmp_path / "gone", env={**os.environ, **QUIET}, timeout=60, check=False)
    assert "the folder it is run in" in complaint(done)


def test_a_list_of_paths_with_nul_inside_says_how_it_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED)
    assert "--null" in complaint(run("--check", "--files-from", "-", given=b"a.txt\0b.txt\0"))


def test_a_baseline_that_is_nested_without_end_is_no_baseline(run: Run, tmp_path: Path) -> None:
    (tmp_path / "base").write_text("[" * 100_000)
    assert "base:1: no record" in complaint(run("--baseline", "base", "base"))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_on_a_full_disk_is_trouble(tmp_path: Path, option: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, option], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, env={**os.environ, **QUIET}, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, b"summitfix: cannot write standard output: No space left on device\n")


def test_a_field_may_lie_as_deep_as_one_likes() -> None:
    depth = 1200
    line = '{"a": ' * depth + '"donn?t"' + "}" * depth
    repair, bad = fields.repair(line, [".".join("a" * depth)], partial(core.repair, chain=PASSES))
    assert not bad
    assert repair.after == line.replace("?", "’")
