"""What strangers put into texts, names and trees: it is shown as what it is, obeyed by nothing, and costs no more than other text."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import subprocess
from pathlib import Path

import pytest
from conftest import COMMAND, QUIET, Run
from driver import PASSES
from growth import seconds

import summitfix
from summitfix import sarif, terminal
from summitfix.config import Configs, load, toml
from summitfix.core import Change, SummitfixError
from summitfix.globs import MOST, Patterns
from summitfix.ignoring import Guard
from summitfix.passes.spam.rows import read_rows
from summitfix.patch import patch
from summitfix.toml import parse

DAMAGED = "we don?t know\n"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
"""What a terminal obeys, or what is there and not seen."""


# Text and names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a" + "\u0301" * 10, "a" + "\u0301" * 8 + "<U+0301><U+0301>", id="a tower"),
        pytest.param("שָׁלוֹם", "שָׁלוֹם", id="points"),
        pytest.param("ที่บ้านน้ำ", "ที่บ้านน้ำ", id="Thai"),
        pytest.param("❤\ufe0f 1\ufe0f\u20e3 葛\U000e0100", "❤\ufe0f 1\ufe0f\u20e3 葛\U000e0100", id="variants"),
        pytest.param("a\ufe0f!\U000e0101 ☺\ufe0f\U000e0148\U000e0155", "a<U+FE0F>!<U+E0101> ☺\ufe0f<U+E0148><U+E0155>", id="bytes in selectors"),
        pytest.param("x\U000e0041\U000e0042", "x<U+E0041><U+E0042>", id="tags"),
        pytest.param("\x9b31m\x1b]0;t\x07", "<U+009B>31m␛]0;t␇", id="commands of a terminal"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    assert terminal.visible(text) == shown
    assert terminal.visible(shown) == shown


@pytest.mark.parametrize("sign", ["\u200b", "\u0301", "\u202e", "\U000e0041", "\x1b[31m", "\ufe0f", "\u200d"])
def test_a_flood_of_it_is_shown_in_linear_time(sign: str) -> None:
    assert seconds(lambda: terminal.visible(sign * 200_000)) < 3


NAMES = [
    "::error file=x,line=1::pwned",
    " ::add-mask::e",
    "a\n::stop-commands::x",
    "\x1b]0;title\x07\x9b31m",
    "\u202etxt.exe",
    "=cmd|'/C calc'!A0",
    "<img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", ["--check", "-w", "--diff", "-v", "--format=json", "--format=github", "--format=sarif", "--explain", "--show-config"])
def test_a_name_is_obeyed_by_nobody(tmp_path: Path, name: str, mode: str) -> None:
    name = name.replace("/", "\u2215")
    (tmp_path / name).mkdir()
    (tmp_path / name / name).write_text("You don?t know.\n")
    (tmp_path / name / "b.txt").write_text("\udcff\x1b\0", errors="surrogateescape")
    (tmp_path / name / ".summitfix.toml").write_text('keep = ["\u202e \u009b", "a"]\n')
    done = subprocess.run([*COMMAND, mode, name], cwd=tmp_path, env={**os.environ, **QUIET}, capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1) and b"Traceback" not in done.stderr
    said = done.stderr + (b"" if mode == "--format=github" else done.stdout)
    assert not OBEYED.search(said.decode())
    assert not re.search(r"^\s*::", said.decode(), re.MULTILINE)
    if mode == "--format=github":
        assert re.fullmatch(rb"::warning file=[^\r\n]*\n", done.stdout)


def test_trouble_with_a_name_is_one_harmless_line(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[2J\nsummitfix: all is well\u202e"
    folder.mkdir()
    (folder / ".summitfix.toml").write_text("selct = []\n")
    (folder / "a.txt").write_text(DAMAGED)
    for arguments in ["--check", str(folder)], ["--check", "--isolated", "--baseline", str(folder / "none"), "."], ["--check", "--config", str(folder), "."]:
        done = subprocess.run([*COMMAND, *arguments], cwd=tmp_path, env={**os.environ, **QUIET}, capture_output=True, timeout=60, check=False)
        assert done.returncode == 2 and done.stderr.count(b"\n") == 1
        assert not OBEYED.search(done.stderr.decode())


def test_a_patch_quotes_names_as_git_does(tmp_path: Path) -> None:
    for name in "\u202e\u009b b.txt", "caf\udce9 \x1b.txt":
        (tmp_path / name).write_text("one\n")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    patches = []
    for name in os.listdir(tmp_path):
        if name != ".git":
            patches.append(b"".join(patch(name, [(b"one\n", b"two\n")])))
    assert not OBEYED.search(b"".join(patches).decode())
    subprocess.run(["git", "apply"], cwd=tmp_path, input=b"".join(patches), env=environment, check=True)
    assert {path.read_text() for path in tmp_path.iterdir() if path.is_file()} == {"two\n"}


def test_a_message_of_sarif_holds_no_link_and_takes_linear_time() -> None:
    assert sarif._message("[a](b) [[c](d] ](e) {0}") == "\\[a](b) \\[\\[c](d] ](e) {{0}}"
    assert seconds(lambda: sarif._message("[" * 200_000)) < 2


def test_a_cell_that_looks_like_a_formula_stays_what_it_is(run: Run) -> None:
    """Nothing is written as CSV here: a formula comes out as it went in, and none comes out that did not go in."""
    line = json.dumps({"text": '=HYPERLINK("http://x")', "more": "+1?", "t": "donn?t"}) + "\n"
    assert run("--field", "text", "--field", "t", given=line.encode()).stdout.decode() == line.replace("n?t", "n\\u2019t").replace("\\u2019", "’")


# Trees


def test_traps_in_a_tree_are_stepped_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED)
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "out").symlink_to("/etc")
    (tmp_path / "zero").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    here = os.getcwd()
    os.chdir(tmp_path)  # the name of a socket has room for a hundred bytes
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    os.chdir(here)
    assert run("--show-files", ".").stdout == b"a.txt\n"
    assert run("--check", ".").stdout == b"a.txt: 1 glyphs\n"
    done = run("--check", "self", "a.txt")
    assert (done.returncode, done.stdout) == (2, b"a.txt: 1 glyphs\n") and b"Traceback" not in done.stderr


STEERING = [".gitignore", ".git/info/exclude", ".summitfix.toml", "pyproject.toml", "spam"]


@pytest.mark.parametrize("name", STEERING)
@pytest.mark.parametrize("trap", ["pipe", "endless", "outside", "huge", "loop"])
def test_what_steers_us_is_no_trap(run: Run, tmp_path: Path, name: str, trap: str) -> None:
    """A pipe would be waited for, a device read for ever, a link would show what is none of its business."""
    tree = tmp_path / "tree"
    (tree / ".git" / "info").mkdir(parents=True)
    (tree / "a.txt").write_text(DAMAGED)
    (tmp_path / "secret").write_text("hunter2 = 1\n# summitfix\na.txt\n")
    if name == "spam":
        (tree / ".summitfix.toml").write_text('spam-file = "spam"\n')
    path = tree / name
    if trap == "pipe":
        os.mkfifo(path)
    elif trap == "huge":
        path.write_text("[tool.summitfix]\n" + "# summitfix\n" * 1_000_000)
    else:
        path.symlink_to({"endless": "/dev/zero", "outside": tmp_path / "secret", "loop": path}[trap])
    done = subprocess.run([*COMMAND, "--check", "tree"], cwd=tmp_path, env={**os.environ, **QUIET}, capture_output=True, timeout=20, check=False)
    assert b"Traceback" not in done.stderr and b"hunter2" not in done.stderr + done.stdout
    if done.returncode == 2:
        assert done.stdout == b"" and re.search(rb"not read|No such file|symbolic links", done.stderr)
    else:
        assert (done.returncode, done.stdout) == (1, b"tree/a.txt: 1 glyphs\n")


@pytest.mark.parametrize("named", ["../secret.toml", "{tmp}/secret.toml", "link.toml", "folder/../../secret.toml"])
def test_rows_are_read_within_the_folder_of_a_configuration_that_was_found(run: Run, tmp_path: Path, named: str) -> None:
    tree = tmp_path / "tree"
    (tree / "folder").mkdir(parents=True)
    (tmp_path / "secret.toml").write_text("hunter2 = 1\n")
    (tree / "link.toml").symlink_to("../secret.toml")
    (tree / ".summitfix.toml").write_text(f"spam-file = {json.dumps(named.format(tmp=tmp_path))}\n")
    (tree / "a.txt").write_text(DAMAGED)
    done = run("--check", "tree", command=COMMAND)
    assert done.returncode == 2 and b"leads out of the folder" in done.stderr and b"hunter2" not in done.stderr
    done = run("--check", "--config", "tree/.summitfix.toml", "tree", command=COMMAND)  # somebody named it, and knows what it says
    assert b"hunter2" in done.stderr


def test_a_configuration_may_lie_behind_a_link_of_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('keep = ["a"]\n')
    (tmp_path / ".summitfix.toml").symlink_to("ours.toml")
    assert Configs(PASSES).of(str(tmp_path / "a.txt")).keep == ("a",)


# Configurations that would hang


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 100 + "b", "/" + "a" * 250),
        ("a*" * 100 + "b", "/" + "a" * 250),
        ("[!b]*" * 50 + "c", "/" + "a" * 250),
        ("?*" * 100 + "b", "/" + "a" * 250),
        ("**/a/" * 100 + "b", "/" + "a/" * 2000 + "c"),
        ("**/*a*a*a*c/" * 50 + "b", "/" + "aaaaaaaa/" * 400 + "b"),
        ("**/" * 1000 + "b", "/" + "a/" * 2000 + "c"),
    ],
    ids=range(7),
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    assert seconds(lambda: Patterns("/", [pattern]).match(path)) < 2


def test_patterns_say_what_git_says(tmp_path: Path) -> None:
    """Sixty lists of patterns put together at random, over some hundred files."""
    for folder in "", "a/", "b/", "a/a/", "a/b/", "a/b/a/":
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in "ab", "ba", "a.b", "a b", "[a]", "-", "abc":
            (tmp_path / folder / name).touch()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    chance = random.Random(7)
    pieces = ["a", "b", "c", "*", "?", "/", "[ab]", "[!a]", "[a-b]", ".", "*b", "a*", "!", " ", "\\a", "[[:alpha:]]", "[]a]", "-", "[^b-]"]
    for _ in range(60):
        lines = ["".join(chance.choice(pieces) for _ in range(chance.randint(1, 5))) for _ in range(chance.randint(1, 3))]
        lines = [chance.choice(["", "**/", "/", "a/**/"]) + line.replace("//", "/") + chance.choice(["", "", "/", "/**"]) for line in lines]
        (tmp_path / ".gitignore").write_text("\n".join(lines))
        theirs = subprocess.run(["git", "ls-files", "-zo", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        ours = walked(tmp_path)
        assert ours == sorted(filter(None, theirs.split("\0"))), lines


def walked(folder: Path) -> list[str]:
    from summitfix.walk import Walk

    found = Walk(lambda error: None, lambda path, is_folder: False, gitignore=True).files(str(folder))
    return sorted(os.path.relpath(path, folder) for path, *_ in found)


def test_more_patterns_than_anybody_writes_are_an_error(run: Run, tmp_path: Path) -> None:
    many = [f"*{number}" for number in range(MOST + 1)]
    (tmp_path / "a.txt").write_text(DAMAGED)
    (tmp_path / ".gitignore").write_text("\n".join(many))
    (tmp_path / ".git").mkdir()
    done = run("--check", ".")
    assert (done.returncode, done.stdout) == (2, b"a.txt: 1 glyphs\n") and b".gitignore: more than 10,000 patterns; not obeyed" in done.stderr
    for text in f"exclude = {json.dumps(many)}", "\n".join(["[per-file-ignores]", *(f'"{pattern}" = []' for pattern in many)]):
        (tmp_path / ".summitfix.toml").write_text(text)
        assert b"more than 10,000 patterns" in run("--check", ".").stderr


@pytest.mark.parametrize(
    "text",
    [
        "a." * 100_000 + "a = 1",
        "[" + "a." * 100_000 + "a]",
        '"a".' * 100_000 + "a = 1",
        "x = {" + "a . " * 100_000 + "a = 1}",
        "x = 'b'\n" + "'a'." * 100_000 + "a = 1",
    ],
    ids=range(5),
)
def test_a_key_of_a_hundred_thousand_parts_is_refused_at_once(text: str) -> None:
    def read() -> None:
        with pytest.raises(SummitfixError, match="nested too deep"):
            parse(text, "a.toml")

    assert seconds(read) < 2


def test_dots_that_are_in_no_key_are_read() -> None:
    dots = "a." * 500
    text = f'a = "{dots}" # {dots}\nb = """{dots}"{dots}"""\n' + f"c = '{dots}'\nd = '''{dots}'''\n"
    assert parse(text, "a.toml") == {"a": dots, "b": f'{dots}"{dots}', "c": dots, "d": dots}


@pytest.mark.parametrize("opening", ['x = "' + '\\"' * 300_000, '"' + '\\"' * 300_000, '"""' + '"\\' * 300_000, "'" * 300_000 + '"'], ids=range(4))
def test_a_string_that_never_ends_is_given_up_at_once(opening: str) -> None:
    def read() -> None:
        with pytest.raises(SummitfixError):
            parse(opening + "\n#" + "." * 200, "a.toml")

    assert seconds(read) < 3


def test_kept_strings_of_a_thousand_lengths_cost_no_more_than_they_are_long() -> None:
    guard = Guard(["x" * length for length in range(1, 1400)])
    text = "it?s " * 2000
    guard.enter(text, first=True)
    changes = [Change(at, "?", "’", ()) for at, sign in enumerate(text) if sign == "?"][:500]
    permitted: list[bool] = []
    assert seconds(lambda: permitted.extend(guard.permit("glyphs", text, change) for change in changes)) < 4
    assert all(permitted)
    text = "x" * 900 + "?"
    guard.enter(text, first=True)
    assert not guard.permit("glyphs", text, Change(450, "x", "y", ()))


def test_a_configuration_is_shown_so_that_it_can_be_read_again(tmp_path: Path) -> None:
    keep = ["\u202e", "\x9b31m", "\U000e0041", "é", '"\\', "\n"]
    (tmp_path / ".summitfix.toml").write_text(f"keep = {json.dumps(keep)}\n".replace("\\udb40\\udc41", "\\U000e0041"))
    found = load(str(tmp_path / ".summitfix.toml"), PASSES)
    assert found is not None and found.keep == tuple(keep)
    assert not OBEYED.search(toml(found))
    assert parse(toml(found), "shown")["keep"] == keep


# The spam rows of a stranger


def test_rows_are_literal_and_many_of_them_take_linear_time() -> None:
    with pytest.raises(SummitfixError, match="literal, not expressions"):
        read_rows('[[family]]\nname = "a"\nlanguage = "en"\nstrong = "(a|b)*c"', "rows.toml")
    rows = "".join(f'[[family]]\nname = "f{number}"\nlanguage = "en"\nstrong = "phrase {number}"\nhits = "a phrase {number}"\n' for number in range(1000))
    assert seconds(lambda: read_rows(rows, "rows.toml")) < 6


# What made a crash


def test_a_line_of_many_long_words_does_not_overflow_the_model() -> None:
    """Thai has no spaces: a paragraph is a few words of hundreds of letters, and the costs of a hundred of them were more than 16 bits can count."""
    thai = "วันนี้อากาศดีมากเราจึงออกไปเดินเล่นที่สวนสาธารณะใกล้บ้านแล้วซื้อขนมมากินด้วยกัน" * 3
    text = f"{thai} " * 30 + "cafÃ©\n"
    assert summitfix.fix(text) == text.replace("Ã©", "é")
    assert summitfix.repair("it isn’t x" + "Ã©" * 6000 + "é y").before.startswith("it")


# Text made to stop an expression


PUMPED = {
    # what stopped it: the text, before and behind which other text stands
    "zero-width joiners": ("it isn’t x", "\u200d", "é y"),
    "a word of one letter": ("the ", "a", " is é яa"),
    "a word beside lost letters": ("It isn?t the ", "a", " caf? is é mus?e e ca?t que"),
    "what is quoted": ('mojibake cp1252 "', "é", "\ncafÃ© x"),
    "spaces in quotes": ('mojibake cp1252 " é', " ", "\ncafÃ© x"),
    "low quotation marks": ("dirig‚ ", "‚.", " é"),
}


@pytest.mark.parametrize("name", PUMPED)
def test_a_pumped_text_takes_little_time(name: str) -> None:
    """Each took time that grew with its square: a hundred thousand letters minutes, where they take half a second now."""
    before, piece, behind = PUMPED[name]
    assert seconds(lambda: summitfix.repair(before + piece * (100_000 // len(piece)) + behind)) < 10


@pytest.mark.parametrize("line", [b"a", b"\t", b"\x82."])
def test_a_long_line_is_decoded_in_little_time(line: bytes) -> None:
    assert seconds(lambda: summitfix.decode(line * 200_000 + b" caf\xe9\n")) < 10
