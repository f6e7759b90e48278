"""The command: what it prints, where, what it writes, and what it exits with."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from conftest import COMMAND, QUIET, Run
from hypothesis import example, given
from hypothesis import strategies as st

import summitfix
from summitfix import options, report, walk
from summitfix.options import OPTIONS, Settings

README = Path(__file__).parent.parent / "README.md"

DAMAGED = "He said â€œhelloâ€\x9d to BUY NOW everyone.\nA clean line, with cafÃ© no more.\nYou donn?t say.\n".replace("Ã©", "é").encode()
REPAIRED = "He said “helloâ€\x9d to everyone.\nA clean line, with café no more.\nYou donn’t say.\n".encode()
CLEAN = "Todo está bien — de verdad.\n".encode()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.txt"
    path.write_bytes(DAMAGED)
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_bytes(CLEAN)
    return path


# Each mode: output, notes, exit code, and what is on the disk


def test_the_view_shows_and_writes_nothing(run: Run, damaged: Path) -> None:
    done = run(damaged.name)
    shown = done.stdout.decode()
    assert done.returncode == 1 and damaged.read_bytes() == DAMAGED
    assert "damaged.txt" in shown and "   1 │ - He said â€œhello" in shown and "     │ + He said “hello" in shown
    assert "mojibake  utf-8 read as cp1252" in shown and "spam      BUY NOW, 9 points" in shown
    assert "   2 " not in shown
    assert re.search(r"mojibake +1 +99\.8 %", shown) and re.search(r"in all +3 +99\.5 %", shown)
    assert done.stderr.decode() == "1 file is damaged, 0 clean; --write repairs in place\n"


def test_the_view_of_clean_files_is_empty(run: Run, clean: Path) -> None:
    done = run(clean.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_filter(run: Run) -> None:
    done = run(given=DAMAGED)
    assert (done.returncode, done.stdout, done.stderr) == (0, REPAIRED, b"")


def test_the_filter_leaves_clean_text_byte_for_byte(run: Run) -> None:
    assert run(given=CLEAN).stdout == CLEAN


def test_a_dash_alone_is_the_filter_too(run: Run) -> None:
    assert run("-", given=DAMAGED).stdout == REPAIRED
    assert run("-w", "-", given=DAMAGED).stdout == REPAIRED


def test_write_repairs_in_place_and_says_what_it_did(run: Run, damaged: Path, clean: Path) -> None:
    before = clean.stat().st_mtime_ns
    done = run("-w", damaged.name, clean.name)
    assert (done.returncode, done.stdout, damaged.read_bytes()) == (0, b"", REPAIRED)
    assert done.stderr.decode().splitlines() == [
        'damaged.txt:1:9: mojibake "â€œ" -> "“"',
        'damaged.txt:1:24: spam "BUY NOW " -> ""',
        'damaged.txt:3:9: glyphs "?" -> "’"',
        "repaired 1 file (1 glyphs, 1 mojibake, 1 spam), 1 clean",
    ]
    assert clean.stat().st_mtime_ns == before


def test_a_second_run_finds_nothing_and_says_nothing(run: Run, damaged: Path) -> None:
    run("-w", damaged.name)
    before = damaged.stat()
    done = run("-w", damaged.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (damaged.stat().st_mtime_ns, damaged.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_write_lists_twenty_repairs_and_counts_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("donn?t\n" * 51)
    lines = run("-w", "many.txt").stderr.decode().splitlines()
    assert len(lines) == 22 and lines[19].startswith("many.txt:20:5: glyphs")
    assert lines[20:] == ["many.txt: and 31 more", "repaired 1 file (51 glyphs)"]


def test_check_prints_one_line_for_each_damaged_file(run: Run, damaged: Path, clean: Path) -> None:
    done = run("--check", damaged.name, clean.name)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"damaged.txt: 1 glyphs, 1 mojibake, 1 spam\n", b"")


def test_output_to_another_file(run: Run, damaged: Path, tmp_path: Path) -> None:
    done = run("-o", "repaired.txt", damaged.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "repaired.txt").read_bytes() == REPAIRED and damaged.read_bytes() == DAMAGED


def test_output_to_standard_output_and_from_standard_input(run: Run, damaged: Path, tmp_path: Path) -> None:
    assert run("-o", "-", damaged.name).stdout == REPAIRED
    assert run("-orepaired.txt", given=DAMAGED).stdout == b""
    assert (tmp_path / "repaired.txt").read_bytes() == REPAIRED


def test_output_to_the_input_itself(run: Run, damaged: Path) -> None:
    run("-o", damaged.name, damaged.name)
    assert damaged.read_bytes() == REPAIRED


def test_trouble_with_the_output_bears_its_name(run: Run, damaged: Path, tmp_path: Path) -> None:
    done = run("-o", "missing/repaired.txt", damaged.name)
    assert (done.returncode, done.stderr) == (2, b"summitfix: missing/repaired.txt: No such file or directory\n")
    (tmp_path / "folder").mkdir()
    assert b"summitfix: folder: Is a directory" in run("-o", "folder", damaged.name).stderr


# The patch


PATCHED = {
    "plain": DAMAGED,
    "crlf": DAMAGED.replace(b"\n", b"\r\n"),
    "cr": DAMAGED.replace(b"\n", b"\r"),
    "mixed line ends": b"one donn?t\r\ntwo\rthree donn?t\nfour\n",
    "no final line end": b"first\nthey donn?t",
    "final line end goes": b"first\nlast BUY NOW\n",
    "last line goes": b"first\nBUY NOW\n",
    "everything goes": b"BUY NOW\n",
    "lines joined": b"a\nb\nrelationBUY NOW\nship\nc\nd\n",
    "far apart": b"donn?t\n" + b"line\n" * 20 + b"donn?t\n" + b"line\n" * 7 + b"donn?t\n" + b"line\n" * 6 + b"donn?t\n",
    "stray bytes": b"one line\nhere \xff is no text but donn?t\nand the last\n",
    "byte-order mark": b"\xef\xbb\xbfdonn?t\nb\n",
    "form feeds": b"a\x0cb\x1c\xc2\x85donn?t\xe2\x80\xa8more\n",
}


@pytest.mark.parametrize("data", PATCHED.values(), ids=PATCHED.keys())
def test_the_patch_gives_the_repair_and_reversed_the_original(run: Run, tmp_path: Path, data: bytes) -> None:
    for name in "article.txt", "twin.txt":
        (tmp_path / name).write_bytes(data)
    done = run("--encoding=utf-8", "--diff", "article.txt")
    assert (done.returncode, done.stderr) == (1, b"") or b"no codec explains" in done.stderr
    run("--encoding=utf-8", "-w", "twin.txt")
    repaired = (tmp_path / "twin.txt").read_bytes()
    (tmp_path / "repairs.patch").write_bytes(done.stdout)
    for flags, expected in (["-p1"], repaired), (["-p1", "-R"], data):
        subprocess.run(["patch", *flags, "--binary", "--no-backup-if-mismatch", "-i", "repairs.patch"], cwd=tmp_path, check=True, capture_output=True)
        result = tmp_path / "article.txt"
        assert (result.read_bytes() if result.exists() else b"") == expected


@pytest.mark.parametrize("data", PATCHED.values(), ids=PATCHED.keys())
def test_git_takes_the_patch_and_takes_it_back(run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "article.txt").write_bytes(data)
    (tmp_path / "repairs.patch").write_bytes(run("--encoding=utf-8", "--diff", "article.txt").stdout)
    run("--encoding=utf-8", "-w", "article.txt")
    repaired = (tmp_path / "article.txt").read_bytes()
    for flags, expected in (["-R"], data), ([], repaired):
        subprocess.run(["git", "apply", "--whitespace=nowarn", *flags, "repairs.patch"], cwd=tmp_path, check=True, capture_output=True)
        assert (tmp_path / "article.txt").read_bytes() == expected


@pytest.mark.parametrize("name", ["with space.txt", "tab\there.txt", 'quote".txt', "back\\slash.txt", "ümlaut.txt", "-dash.txt"])
def test_odd_names_in_a_patch(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"donn?t\n")
    (tmp_path / "repairs.patch").write_bytes(run("--diff", "--", name).stdout)
    subprocess.run(["git", "apply", "repairs.patch"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / name).read_text() == "donn’t\n"


def test_the_patch_of_clean_files_is_empty(run: Run, clean: Path) -> None:
    done = run("--diff", clean.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_patch_of_standard_input_bears_its_name(run: Run) -> None:
    assert run("--diff", "--stdin-filename", "post.md", given=b"donn?t\n").stdout.startswith(b"--- a/post.md\n+++ b/post.md\n@@ -1,1 +1,1 @@\n")


# Options


def test_passes_can_be_chosen(run: Run) -> None:
    assert run("--select", "glyphs", given=b"donn?t BUY NOW x\n").stdout == "donn’t BUY NOW x\n".encode()
    assert run("--select=spam,glyphs", given=b"donn?t BUY NOW x\n").stdout == "donn’t x\n".encode()
    assert run("--ignore", "glyphs", given=b"donn?t BUY NOW x\n").stdout == b"donn?t x\n"


def test_the_name_of_no_pass_is_trouble(run: Run) -> None:
    done = run("--select", "glyph", given=b"donn?t\n")
    assert (done.returncode, done.stdout) == (2, b"") and b"no pass is called 'glyph'" in done.stderr


def test_the_codec_can_be_said(run: Run) -> None:
    assert run("--encoding", "cp1252", given="não donn?t\n".encode("cp1252")).stdout == "não donn’t\n".encode()


def test_the_codec_to_write_can_be_said(run: Run, tmp_path: Path) -> None:
    assert run("--to", "utf-16", given=b"donn?t\n").stdout == "donn’t\n".encode("utf-16")
    (tmp_path / "a.txt").write_bytes("não donn?t\n".encode("cp1252"))
    done = run("-w", "--encoding", "cp1252", "--to", "utf-8", "a.txt")
    assert (done.returncode, (tmp_path / "a.txt").read_bytes()) == (0, "não donn’t\n".encode())


def test_a_clean_file_can_be_converted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("não\n".encode("cp1252"))
    assert run("-w", "--encoding", "cp1252", "--to", "utf-8", "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_bytes() == "não\n".encode()


KOREAN = "배는 일곱 시에 떠나고 섬에는 다른 배가 없으니 빵과 외투와 읽을거리를 가져오세요.\ndonn?t\n"
PLAIN = "The ferry leaves at seven, and the island has no other.\ndonn?t\n"
RUSSIAN = "Паром отходит в семь, а другого на острове нет; возьмите хлеба и пальто.\ndonn?t\n"


@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "utf-16"), (KOREAN, "utf-16"), (PLAIN, "utf-16-le"), (RUSSIAN, "cp1251"), (KOREAN, "utf-8-sig")])
def test_a_file_keeps_its_codec(run: Run, tmp_path: Path, text: str, codec: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    done = run("-w", "a.txt")
    assert (done.returncode, (tmp_path / "a.txt").read_bytes()) == (0, text.replace("?", "’").encode(codec))
    assert run("-w", "a.txt").stderr == b""


@pytest.mark.parametrize(
    ("text", "codec"), [(PLAIN, "utf-16-le"), (RUSSIAN, "utf-16"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (KOREAN, "cp949"), (KOREAN, "utf-8")]
)
def test_the_filter_writes_utf_8(run: Run, text: str, codec: str) -> None:
    assert run(given=text.encode(codec)).stdout == text.replace("?", "’").encode()


def test_a_file_of_two_codecs(run: Run, tmp_path: Path) -> None:
    """In place each line keeps its own; what is asked for in UTF-8 comes in UTF-8."""
    first, second = "Der Zug fährt außer sonntags.\n" * 5 + "donn?t\n", "Die Brücke bleibt über Nacht gesperrt.\n"
    data = first.encode() + second.encode("cp1252")
    assert run(given=data).stdout == (first.replace("?", "’") + second).encode()
    (tmp_path / "a.txt").write_bytes(data)
    assert run("-w", "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_bytes() == first.replace("?", "’").encode() + second.encode("cp1252")
    assert run("-w", "--to=utf-8", "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_bytes() == (first.replace("?", "’") + second).encode()


def test_the_hint_of_a_refusal_works(run: Run, tmp_path: Path) -> None:
    """KOI8-R has no quotation marks of this shape: the file is refused, with --to it is repaired and converted."""
    path = tmp_path / "a.txt"
    path.write_bytes(RUSSIAN.encode("koi8-r"))
    done = run("-w", "a.txt")
    assert (done.returncode, path.read_bytes()) == (2, RUSSIAN.encode("koi8-r")) and b"--to utf-8" in done.stderr
    assert run("-w", "--to", "utf-8", "a.txt").returncode == 0
    assert path.read_bytes() == RUSSIAN.replace("?", "’").encode()


@pytest.mark.parametrize("option", ["--encoding", "--to"])
def test_the_name_of_no_codec_is_trouble(run: Run, option: str) -> None:
    done = run(option, "utf-9", given=b"text\n")
    assert (done.returncode, done.stdout) == (2, b"") and b"no text codec is called 'utf-9'" in done.stderr


def test_a_repair_that_the_codec_cannot_hold_is_refused(run: Run, tmp_path: Path) -> None:
    data = "abc ÇÑ donn?t\n".encode("iso-8859-2", "replace")
    (tmp_path / "a.txt").write_bytes(data)
    done = run("-w", "--encoding", "iso-8859-2", "a.txt")
    assert (done.returncode, (tmp_path / "a.txt").read_bytes()) == (2, data)
    assert done.stderr.decode() == "summitfix: a.txt: iso8859-2 cannot hold '’' (U+2019); --to utf-8 writes it in a codec that can\n"


def test_exit_zero_forgives_damage_and_no_trouble(run: Run, damaged: Path) -> None:
    assert run("--exit-zero", "--check", damaged.name).returncode == 0
    assert run("--exit-zero", "--check", damaged.name, "missing").returncode == 2


def test_quiet_and_more_quiet(run: Run, damaged: Path) -> None:
    assert run("-q", damaged.name).stderr == b"" and run("-q", damaged.name).stdout != b""
    assert b"missing" in run("-q", "missing").stderr
    done = run("-qq", "--check", damaged.name, "missing")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")
    assert run("-qq", given=DAMAGED).stdout == REPAIRED


def test_verbose_names_the_codec(run: Run, clean: Path) -> None:
    assert run("-v", clean.name).stderr == b"clean.txt: utf-8, clean UTF-8\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color=always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        (["--color=never"], {"FORCE_COLOR": "1"}, False),
        (["--no-color"], {"FORCE_COLOR": "1"}, False),
        (["--color=always"], {"TERM": "dumb"}, True),
    ],
)
def test_who_decides_on_colour(run: Run, damaged: Path, arguments: list[str], environment: dict[str, str], coloured: bool) -> None:
    shown = run(*arguments, damaged.name, environment=environment).stdout
    assert (b"\x1b[" in shown) == coloured
    plain = run("--color=never", damaged.name).stdout
    assert re.sub(rb"\x1b\[[\d;]*m", b"", shown) == plain


# Usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such-option"], "No such option"),
        (["--writ", "a"], "--write"),
        (["--color", "sometimes"], "sometimes"),
        (["-w", "--diff", "a"], "--write and --diff exclude each other"),
        (["-w"], "--write needs at least one PATH"),
        (["-o", "x", "a", "b"], "--output takes one input"),
        (["-o"], "requires an argument"),
        (["--write=yes", "a"], "does not take a value"),
    ],
)
def test_misuse_is_trouble(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"") and said in done.stderr.decode()


def test_help_and_version(run: Run) -> None:
    for flag in "-h", "--help":
        done = run(flag, command=COMMAND)
        assert done.returncode == 0 and done.stdout.startswith(b"Usage: summitfix") and done.stderr == b""
    assert run("-V", command=COMMAND).stdout.decode() == f"summitfix, version {summitfix.__version__}\n"


def test_the_help_has_each_option_under_one_heading(run: Run) -> None:
    listed = [name for names in options.SECTIONS.values() for name in names]
    assert sorted(listed) == sorted([*(option.name for option in OPTIONS), "version", "help"])
    said = run("--help", command=COMMAND, environment={"COLUMNS": "100"}).stdout.decode()
    assert all(f"\n{heading}:\n" in said for heading in options.SECTIONS)
    shown = re.findall(r"^  (-.+?)(?: [A-Za-z|,…]+(?:\.html)?)?(?:  |$)", said, re.MULTILINE)
    assert sorted(shown) == sorted([*(", ".join(option.flags) for option in OPTIONS), "-h, --help", "-V, --version"])


FLAGS = [flag for option in OPTIONS for flag in option.flags]
WORDS = st.sampled_from(
    [*FLAGS, *(f"{flag}=x" for flag in FLAGS), "-wq", "-qqv", "-ofile", "-qo", "a.txt", "-", "--", "-x", "--nothing", "always", "glyphs,spam", "-q-"]
)


@given(st.lists(WORDS, max_size=6))
@example(["-w", "--", "-q"])
@example(["--color", "always", "--select=a,b", "--select", "c", "-vv", "x"])
def test_both_readers_of_the_command_line_agree(arguments: list[str]) -> None:
    try:
        settings = options.command("0").main(list(arguments), "summitfix", standalone_mode=False)
    except click.ClickException:
        assert options.read(arguments) is None
        return
    assert options.read(arguments) in (settings, None)


@pytest.mark.parametrize("arguments", [["a"], ["-w", "a", "b"], ["--check", "."], ["--diff", "-q", "x"], ["-o", "-", "x"], ["--color=never", "a"], []])
def test_plain_command_lines_need_no_click(arguments: list[str]) -> None:
    assert options.read(arguments) is not None


def test_settings_have_one_field_for_each_option() -> None:
    assert set(Settings._fields) == {option.name for option in OPTIONS} | {"paths"}


def test_the_command_line_of_the_module_is_the_same(run: Run, clean: Path) -> None:
    assert run(clean.name, command=[sys.executable, "-m", "summitfix"]).returncode == 0


# Odd inputs


def test_a_missing_file_is_trouble_and_the_others_are_done(run: Run, damaged: Path) -> None:
    done = run("-w", "missing.txt", damaged.name)
    assert (done.returncode, damaged.read_bytes()) == (2, REPAIRED)
    assert done.stderr.startswith(b"summitfix: missing.txt: No such file or directory\n")


def test_an_empty_file_is_clean(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert run("empty").returncode == run("-w", "empty").returncode == 0
    assert run(given=b"").stdout == b""


def test_a_binary_file_is_left(run: Run, tmp_path: Path) -> None:
    data = b"\x7fELF\0\0 donn?t " + bytes(range(256))
    (tmp_path / "a.out").write_bytes(data)
    done = run("-w", "a.out")
    assert (done.returncode, done.stderr, (tmp_path / "a.out").read_bytes()) == (0, b"", data)
    assert run("-v", "a.out").stderr == b"a.out: not text; left as it is\n"


def test_binary_goes_through_the_filter_as_it_is(run: Run) -> None:
    data = b"\0\1\2 donn?t" * 500_000
    done = run(given=data)
    assert (done.returncode, done.stdout) == (0, data) and b"not text; passed through" in done.stderr


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(run: Run, tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"one{end}donn?t{end}three{end}".encode())
    run("-w", "a.txt")
    assert path.read_bytes() == f"one{end}donn’t{end}three{end}".encode()
    assert run("-w", "a.txt").returncode == 0


def test_stray_bytes_stay_and_are_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff one donn?t\xfe\n\xff\n")
    done = run("--encoding", "utf-8", "-w", "a.txt")
    assert path.read_bytes() == "\udcff one donn’t\udcfe\n\udcff\n".encode("utf-8", "surrogateescape")
    assert done.returncode == 0 and b"a.txt: 3 bytes that no codec explains left as found\n" in done.stderr


RIDDLE = b"\xff RIDDLE donn?t\n"


def test_what_no_codec_explains_goes_through_the_filter(run: Run) -> None:
    data = b"plain\n" * 1_000_000 + RIDDLE + b"donn?t\n"
    done = run(given=data)
    assert done.returncode == 2 and done.stdout == data
    assert done.stderr == b"summitfix: -: no codec explains it; passed through as it is\n"


@pytest.mark.parametrize("mode", [[], ["-w"], ["--check"], ["--diff"]], ids=lambda mode: " ".join(mode) or "view")
def test_what_no_codec_explains_is_not_touched(run: Run, tmp_path: Path, mode: list[str]) -> None:
    (tmp_path / "tree").mkdir()
    path = tmp_path / "tree/riddle.txt"
    path.write_bytes(RIDDLE)
    done = run(*mode, "tree/riddle.txt")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"summitfix: tree/riddle.txt: no codec explains it\n")
    done = run(*mode, "tree")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"tree/riddle.txt: no codec explains it; left as it is\n")
    assert path.read_bytes() == RIDDLE


def test_a_file_that_turns_into_a_riddle_is_left_whole(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"donn?t\n" + b"plain text\n" * 500_000 + RIDDLE)
    before = path.read_bytes()
    done = run("-w", "large.txt")
    assert (done.returncode, done.stderr) == (2, b"summitfix: large.txt: no codec explains it\n")
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["large.txt"]


def test_a_byte_order_mark_stays(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfdonn?t\n")
    run("-w", "a.txt")
    assert path.read_bytes() == b"\xef\xbb\xbf" + "donn’t\n".encode()
    assert run(given=b"\xef\xbb\xbfclean\n").stdout == b"\xef\xbb\xbfclean\n"


def test_a_folder_is_walked(run: Run, tmp_path: Path) -> None:
    for name in "a.txt", "sub/b.txt", "sub/.hidden", ".git/config", "node_modules/c.txt":
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_bytes(b"donn?t\n")
    (tmp_path / "tree/link.txt").symlink_to("a.txt")
    (tmp_path / "tree/loop").symlink_to(".")
    os.mkfifo(tmp_path / "tree/pipe")
    done = run("--check", "tree")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == ["tree/a.txt: 1 glyphs", "tree/sub/.hidden: 1 glyphs", "tree/sub/b.txt: 1 glyphs"]
    assert run("--check", ".").stdout.decode().splitlines()[0] == "tree/a.txt: 1 glyphs"


def test_a_large_file_is_passed_over_in_a_walk_and_done_when_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/large.txt").write_bytes(b"donn?t\n" + b"x" * 20_000_000)
    done = run("--check", "tree")
    assert (done.returncode, done.stdout) == (0, b"") and b"more than 20 MB" in done.stderr
    assert run("--check", "tree/large.txt").returncode == 1


def test_what_a_killed_run_left_is_named_in_a_walk_and_not_repaired(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    for name in ".article.txt.summitfix-old", ".article.txt.summitfix-new":
        (tmp_path / "tree" / name).write_bytes(b"donn?t\n")
    done = run("-w", "tree")
    assert (done.returncode, done.stderr.count(b"left by a run that was killed")) == (0, 2)
    assert all(path.read_bytes() == b"donn?t\n" for path in (tmp_path / "tree").iterdir())


@pytest.mark.parametrize("arguments", [["a.txt"], ["."], ["-j", "2", "."], ["-o", "a.txt", "b.txt"]], ids=" ".join)
def test_what_a_killed_run_left_is_removed_by_the_next_one_that_writes_and_named(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"donn?t\n")
    (tmp_path / ".a.txt.summitfix-new").write_bytes(b"don")
    if "-o" in arguments:
        (tmp_path / "b.txt").write_bytes(b"donn?t\n")
    done = run("--check", *arguments[-1:])
    assert (done.returncode == 1 and b".a.txt.summitfix-new: left by a run that was killed, or is at work" in done.stderr) or "-o" in arguments
    done = run(*["-w"] * ("-o" not in arguments), *arguments)
    assert done.returncode == 0 and b"a.txt: removed .a.txt.summitfix-new, left by a run that was killed\n" in done.stderr
    assert (tmp_path / "a.txt").read_text() == "donn’t\n" and not (tmp_path / ".a.txt.summitfix-new").exists()


def test_what_a_killed_run_left_beside_an_ignored_file_is_no_obstacle(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text(".*\n")
    (tmp_path / " a.txt").write_bytes(b"donn?t\n")  # it stands before its left-over
    (tmp_path / ". a.txt.summitfix-new").write_bytes(b"don")
    assert run("-w", ".").returncode == 0
    assert (tmp_path / " a.txt").read_text() == "donn’t\n" and not (tmp_path / ". a.txt.summitfix-new").exists()


def test_a_file_that_another_run_is_writing_is_left_to_it(run: Run, tmp_path: Path) -> None:
    for name in "a.txt", "b.txt":
        (tmp_path / name).write_bytes(b"donn?t\n")
    with (tmp_path / ".a.txt.summitfix-new").open("wb") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        done = run("-w", ".")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, b"summitfix: a.txt: another run is writing it; not written")
    assert (tmp_path / "a.txt").read_bytes() == b"donn?t\n" and (tmp_path / "b.txt").read_text() == "donn’t\n"


def test_an_empty_folder_is_no_trouble(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    done = run("tree")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"no files there\n")


def test_a_file_of_two_names_is_done_once(run: Run, damaged: Path, tmp_path: Path) -> None:
    os.link(damaged, tmp_path / "twin.txt")
    done = run("--check", damaged.name, damaged.name, "./damaged.txt", "twin.txt")
    assert done.stdout.count(b"\n") == 1


def test_a_pipe_is_read_but_not_written(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("-w", "pipe")
    assert done.returncode == 2 and b"neither a file nor a folder" in done.stderr
    with subprocess.Popen(["sh", "-c", "printf 'donn?t\\n' > pipe"], cwd=tmp_path):
        done = run("--check", "pipe")
    assert (done.returncode, done.stdout) == (1, b"pipe: 1 glyphs\n")


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"text\n")
    (tmp_path / "locked").mkdir()
    scandir, failed = os.scandir, list[OSError]()

    def refuse(path: str) -> Any:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = walk.Walk(failed.append, lambda path, is_folder: False, gitignore=False).files(str(tmp_path))
    assert [path for path, *_ in found] == [str(tmp_path / "a.txt")]
    assert [error.filename for error in failed] == [str(tmp_path / "locked")]


def test_hostile_text_is_harmless_on_the_screen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_bytes("\x1b]0;title\x07 [bold]\u202edonn?t\u200b :smile:\n".encode())
    done = run("--color=always", "a\x1b[31m.txt")
    shown = re.sub(r"\x1b\[[\d;]*m", "", done.stdout.decode())
    assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown and "\u200b" not in shown
    assert "␛]0;title␇ [bold]<U+202E>donn?t<U+200B> :smile:" in shown and "a␛[31m.txt" in shown
    assert b"\x1b" not in run("-w", "a\x1b[31m.txt").stderr


def test_names_that_are_no_utf_8(run: Run, tmp_path: Path) -> None:
    name = b"caf\xe9\n.txt"
    (tmp_path / os.fsdecode(name)).write_bytes(b"donn?t\n")
    assert run("--check", name).stdout.decode() == "caf<0xE9>␊.txt: 1 glyphs\n"
    assert run("-w", name).returncode == 0


def test_a_bug_is_a_traceback_and_seventy(run: Run) -> None:
    done = run(given=b"CRASH\n")
    assert (done.returncode, done.stdout) == (70, b"")
    assert b"ZeroDivisionError: planted" in done.stderr and b"this is a bug" in done.stderr


def test_unsure_changes_are_shown_and_not_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"the caf? is open\n")
    done = run("a.txt")
    assert done.returncode == 0
    assert "   1 │ ? the caf? is open" in done.stdout.decode() and "unsure (70.0 %), not made" in done.stdout.decode()
    assert run("-w", "a.txt").stderr == b"" and (tmp_path / "a.txt").read_bytes() == b"the caf? is open\n"


# Size


def test_one_line_of_fifty_megabytes(tmp_path: Path) -> None:
    """Through the filter, with damage at its beginning and its end, in bounded memory."""
    line = b"donn?t " + b"plain words that never end " * 1_900_000 + b"donn?t\n"
    assert len(line) > 50_000_000
    (tmp_path / "in").write_bytes(line)
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, *sys.argv[1:]], stdin=open('in', 'rb'), stdout=open('out', 'wb'))\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(Path(__file__).with_name("driver.py"))], cwd=tmp_path, capture_output=True, check=True)
    code, peak = map(int, done.stdout.split())
    assert code == 0 and (tmp_path / "out").read_bytes() == line.replace(b"?", "’".encode())
    assert peak < 150_000, f"{peak} kB"


def test_a_large_file_is_repaired_in_place_block_by_block(run: Run, tmp_path: Path) -> None:
    data = b"a line of plain text, as there are many\n" * 250_000 + b"donn?t\n" + b"more of it\n" * 100_000 + b"donn?t"
    (tmp_path / "large.txt").write_bytes(data)
    done = run("-w", "large.txt")
    assert done.returncode == 0 and (tmp_path / "large.txt").read_bytes() == data.replace(b"?", "’".encode())
    assert done.stderr.decode().splitlines()[:2] == ['large.txt:250001:5: glyphs "?" -> "’"', 'large.txt:350002:5: glyphs "?" -> "’"']


# The README


def readme(section: str) -> str:
    """What stands between the marks of a section."""
    return README.read_text(encoding="utf-8").partition(f"<!-- {section} -->")[2].partition(f"<!-- /{section} -->")[0]


def test_the_readme_has_every_option_and_no_other() -> None:
    known = {flag for option in OPTIONS for flag in option.flags} | {"-h", "--help", "-V", "--version"}
    assert set(re.findall(r"`(-\w|--[a-z-]+)`", "\n".join(line.partition(" | ")[0] for line in readme("options").splitlines()))) == known


def test_the_readme_has_every_exit_code_and_no_other() -> None:
    codes = re.findall(r"^\| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert codes == [str(code) for code in (report.CLEAN, report.DAMAGED, report.TROUBLE, report.BUG, 128 + signal.SIGINT, 128 + signal.SIGPIPE)]
    assert re.findall(r"^  (\d+) ", options.EPILOG, re.MULTILINE) == codes


def test_the_example_of_the_readme_comes_out_as_it_says(run: Run) -> None:
    before, after = re.findall(r"```text\n(.*?)```", readme("example"), re.DOTALL)
    assert run(given=before.encode(), command=COMMAND).stdout.decode() == after


RUN = re.compile(r"<!-- run: (.*?) -->\n\n```text\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(("line", "output"), RUN.findall(README.read_text(encoding="utf-8")), ids=lambda part: part[:40])
def test_what_the_readme_shows_is_what_comes_out(line: str, output: str) -> None:
    shell = f'summitfix() {{ "{sys.executable}" -m summitfix "$@"; }}\n{line}\n'
    done = subprocess.run(["bash", "-c", shell], cwd=README.parent, env={**os.environ, **QUIET}, capture_output=True, timeout=60, check=False)
    assert done.stdout.decode() == output
