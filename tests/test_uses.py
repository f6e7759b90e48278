"""The command as it is used, option by option: with its real passes where these matter, else with the small ones of the driver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import COMMAND, DRIVER, QUIET, Run

from summitfix.files import BLOCK

DAMAGED = "He said â€œhelloâ€œ to BUY NOW everyone.\nYou donn?t say, in the caf? there.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_unsure_repairs_are_made_when_asked_for(run: Run, article: Path) -> None:
    assert "caf? there" in run("-o", "-", "a.txt").stdout.decode()
    assert run("-o", "-", "--unsure", "a.txt").stdout.decode() == "He said “hello“ to everyone.\nYou donn’t say, in the café there.\n"


def test_boilerplate_is_cut_when_asked_for(run: Run, tmp_path: Path) -> None:
    prose = "The council met on Monday evening and talked about the harbour wall until midnight.\n"
    text = prose * 2 + "Advertisement\n" + prose.replace("Monday", "Tuesday") * 2
    for arguments, kept in (((), True), (("--boilerplate",), False)):
        done = run(*arguments, given=text.encode(), command=COMMAND).stdout.decode()
        assert ("Advertisement" in done) is kept and done.count("\n") == 4 + kept
    (tmp_path / ".summitfix.toml").write_text("boilerplate = true\n")
    assert "Advertisement" not in run(given=text.encode(), command=COMMAND).stdout.decode()


SPAM = '[[family]]\nname = "kites"\nlanguage = "en"\nstrong = "silver kite outlet, kiteshop prime"\nhits = "silver kite outlet"\nmisses = "a silver kite"\n'
ARTICLE = "The council promised a stable relationshi\nsilver kite outlet p with its neighbours, and the mayor agreed to it.\nNobody spoke against it.\n"


def test_rows_of_ones_own_find_spam(run: Run, tmp_path: Path) -> None:
    assert run(given=ARTICLE.encode(), command=COMMAND).stdout.decode() == ARTICLE
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spam.toml").write_text(SPAM)
    (tmp_path / ".summitfix.toml").write_text('spam-file = "conf/spam.toml"\n')
    assert run(given=ARTICLE.encode(), command=COMMAND).stdout.decode() == ARTICLE.replace("\nsilver kite outlet ", "")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (SPAM.replace("strong", "strnog"), "conf/spam.toml:4: "),
        ('[[family]]\nname = "x"\n', "conf/spam.toml:"),
        ('[[family]\nname = "x"\n', "conf/spam.toml:1: "),
        (None, "conf/spam.toml: No such file or directory"),
    ],
)
def test_wrong_rows_stop_everything_and_are_named(run: Run, tmp_path: Path, rows: str | None, said: str) -> None:
    (tmp_path / "conf").mkdir()
    if rows is not None:
        (tmp_path / "conf" / "spam.toml").write_text(rows)
    (tmp_path / ".summitfix.toml").write_text('spam-file = "conf/spam.toml"\n')
    for name in "a.txt", "b.txt":
        (tmp_path / name).write_text(ARTICLE)
    done = run("--check", ".", command=COMMAND)
    assert (done.returncode, done.stdout) == (2, b"") and done.stderr.decode().count("\n") == 1 and said in done.stderr.decode()


def test_the_language_can_be_said(run: Run) -> None:
    text = "Wysz³a z domu.\n"
    assert run("--language", "pl", given=text.encode(), command=COMMAND).stdout.decode() == "Wyszła z domu.\n"
    done = run("--language", "xx", given=text.encode(), command=COMMAND)
    assert done.returncode == 2 and "no language is called 'xx'; there are af, ar, " in done.stderr.decode() and "Traceback" not in done.stderr.decode()


MEANINGS = [
    ("cp1251", "latin-1", "xqzж ъыь, ok"),
    ("windows-1251", "iso8859-1", "xqzж ъыь, ok"),
    ("utf-8", "cp1252", "été à Paris"),
    ("koi8-r", "cp866", "xqzж ъыь, ok"),
    ("cp866", "koi8-r", "Ждём, ждём"),
    ("cp737", "cp437", "μία λέξη"),
    ("cp037", "latin-1", "Zoë is très tired"),
]


@pytest.mark.parametrize(("meant", "read", "text"), MEANINGS)
def test_who_knows_what_happened_can_say_it(run: Run, meant: str, read: str, text: str) -> None:
    damaged = text.encode(meant).decode(read)
    assert run("--meant", meant, "--read", read, given=damaged.encode(), command=COMMAND).stdout.decode() == text
    assert run("--meant", meant, given=b"x").returncode == 2


@pytest.mark.parametrize("arguments", [["--meant", "nonsense", "--read", "latin-1"], ["--meant", "utf-8", "--read", "rot13"]])
def test_what_happened_must_be_codecs(run: Run, arguments: list[str]) -> None:
    done = run(*arguments, given=b"x", command=COMMAND)
    assert done.returncode == 2 and done.stderr.decode().startswith("summitfix: no text codec is called")


def test_a_story_of_each_repair(run: Run, article: Path) -> None:
    done = run("--explain", "a.txt")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1 and "line 1, column 9 (offset 8, byte 8; utf-8)" in lines and "                        U+201C" in lines
    assert [line for line in lines if line.startswith(("Sure: ", "Unsure: "))] == [
        "Sure: 99.8 %, where 90.0 % is enough.",
        "Sure: 99.8 %, where 90.0 % is enough.",
        "Sure: 99.5 %, where 90.0 % is enough.",
        "Sure: 99.9 %, where 90.0 % is enough.",
        "Unsure: 70.0 %, where 90.0 % is enough. --unsure makes it all the same, and -i",
    ]
    for mode in "-w", "--check", "--diff":
        assert run("--explain", mode, "a.txt").returncode == 2


def test_pages_of_rules(run: Run) -> None:
    done = run("--rule", "mojibake.cp949-as-latin-1", command=COMMAND)
    assert done.returncode == 0 and done.stdout.startswith(b"mojibake.cp949-as-latin-1\n")
    done = run("--rule", "spam", command=COMMAND)
    assert b"spam.toml" in done.stdout
    done = run("--rule", "glyph", command=COMMAND)
    assert (done.returncode, done.stdout) == (2, b"") and b"did you mean glyphs" in done.stderr


def test_with_a_baseline_only_new_damage_counts(run: Run, article: Path, tmp_path: Path) -> None:
    known = run("--format", "json", ".").stdout
    assert known.count(b"\n") == 5
    (tmp_path / "known.jsonl").write_bytes(known)
    done = run("--check", "--baseline", "known.jsonl", "./a.txt")
    assert (done.returncode, done.stdout) == (0, b"")
    article.write_text("new first line\n" + DAMAGED + "donn?t\n", encoding="utf-8")
    assert run("--check", "--baseline", "known.jsonl", "a.txt").stdout == b"a.txt: 1 glyphs\n"
    assert run("-w", "--baseline", "known.jsonl", "a.txt").returncode == 0
    assert article.read_text(encoding="utf-8") == "new first line\n" + DAMAGED + "donn’t\n"


def test_what_a_run_says_of_damage_is_no_input_of_it(run: Run, article: Path, tmp_path: Path) -> None:
    """As the README has it: records and pages quote the damage, and lie in the folder that is looked at."""
    with open(tmp_path / "known.jsonl", "wb") as known:
        known.write(run("--format", "json", "--report", "page.html", ".").stdout)
    for _ in range(2):
        done = run("--check", "--baseline", "known.jsonl", "--report", "page.html", ".")
        assert (done.returncode, done.stdout) == (0, b"")
    assert run("--check", ".").stdout == b"a.txt: 2 mojibake, 1 glyphs, 1 spam\nknown.jsonl: 3 spam\n"
    with open(tmp_path / "z.patch", "wb") as product:
        subprocess.run(
            [*DRIVER, "--diff", "--exclude", "*.jsonl", "--exclude", "*.html", "."], cwd=tmp_path, env={**os.environ, **QUIET}, stdout=product, check=False
        )
    assert b"z.patch" not in (tmp_path / "z.patch").read_bytes() and b"a.txt" in (tmp_path / "z.patch").read_bytes()
    named = run("--check", "--baseline", "known.jsonl", "known.jsonl")
    assert named.returncode == 1, "a file that is named is looked at"


@pytest.mark.parametrize(("text", "said"), [(b"{}\n", "known:1: "), (b"\n[1]\n", "known:2: "), (b"\xff", "known:1: not UTF-8"), (None, "known: No such file")])
def test_a_wrong_baseline_is_named(run: Run, article: Path, tmp_path: Path, text: bytes | None, said: str) -> None:
    if text is not None:
        (tmp_path / "known").write_bytes(text)
    done = run("--check", "--baseline", "known", "a.txt")
    assert done.returncode == 2 and f"summitfix: {said}" in done.stderr.decode()


def test_records_of_what_is_found_and_of_what_was_done(run: Run, article: Path) -> None:
    found = run("--format", "json", "a.txt")
    records = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.returncode == 1 and [record["sure"] for record in records] == [True, True, True, True, False]
    assert run("--format=json", given=DAMAGED.encode()).stdout.count(b"\n") == 5  # standard input too is looked at, not repaired
    assert run("--format", "github", "--exit-zero", "a.txt").stdout.startswith(b"::warning file=a.txt,")
    written = run("-w", "--format", "json", "a.txt")
    assert written.returncode == 0 and written.stdout == found.stdout and "“hello“" in article.read_text(encoding="utf-8")
    assert json.loads(run("--format", "sarif", "a.txt").stdout)["version"] == "2.1.0"


def test_a_page_beside_any_mode(run: Run, article: Path, tmp_path: Path) -> None:
    for number, mode in enumerate(([], ["--check"], ["--diff"], ["-o", "-"], ["-w"])):
        assert run("--report", f"{number}.html", *mode, "a.txt").returncode in (0, 1)
        assert (tmp_path / f"{number}.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("--report", "missing/x.html", "a.txt").returncode == 2


def test_fields_of_json_lines(run: Run, tmp_path: Path) -> None:
    lines = b'{"text": "donn?t", "raw": "donn?t"}\n{"other": {"text": "donn?t"}}\nno json donn?t\n'
    done = run("--field", "text", "--field", "other.text", given=lines)
    assert done.stdout.decode() == '{"text": "donn’t", "raw": "donn?t"}\n{"other": {"text": "donn’t"}}\nno json donn?t\n'
    assert (done.returncode, done.stderr) == (2, b"summitfix: -:3: no JSON object; left as it is\n")
    (tmp_path / "a.jsonl").write_bytes(lines * 30)
    done = run("-w", "--field", "text", "a.jsonl")
    assert (
        done.returncode == 2 and done.stderr.count(b"no JSON object; left as it is\n") == 20 and b"and 10 more lines that are no JSON object\n" in done.stderr
    )
    assert (tmp_path / "a.jsonl").read_bytes().count("donn’t".encode()) == 30
    assert run("-qq", "--check", "--field", "text", "a.jsonl").stderr == b""


def test_twenty_lines_that_are_no_objects_are_told_however_many_blocks_hold_them(run: Run, tmp_path: Path) -> None:
    filler = b'{"text": "all is well on the island"}\n'
    (tmp_path / "a.jsonl").write_bytes(b"no json\n" * 30 + filler * (BLOCK // len(filler)) + b"no json\n" * 50)
    said = run("--check", "--field", "text", "a.jsonl").stderr
    assert said.count(b"no JSON object; left as it is\n") == 20 and b"and 60 more lines that are no JSON object\n" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(run: Run, shell: str) -> None:
    script = run(command=COMMAND, environment={"_SUMMITFIX_COMPLETE": f"{shell}_source"}).stdout.decode()
    assert "_SUMMITFIX_COMPLETE" in script and f"{shell}_complete" in script
    asked = {"_SUMMITFIX_COMPLETE": f"{shell}_complete", "COMP_WORDS": "summitfix --inter", "COMP_CWORD": "1" if shell != "fish" else "--inter"}
    assert "--interactive" in run(command=COMMAND, environment=asked).stdout.decode()


MISUSED = [
    (["-w", "-i", "a"], "--write and --interactive exclude each other"),
    (["--backup", ".o", "a"], "--backup needs --write or --interactive"),
    (["-0", "a"], "--null needs --files-from or --show-files"),
    (["--format", "json", "--diff", "a"], "--format and --diff exclude each other"),
    (["--format", "json", "-o", "-", "a"], "would both print to standard output"),
    (["--isolated", "--config", "x", "a"], "--isolated and --config exclude each other"),
    (["-i", "a"], "asks at a terminal"),
    (["--report", "x.html", "--show-files", "a"], "--report and --show-files exclude each other"),
    (["-j", "two", "a"], "not 'two'"),
    (["-j", "-1", "a"], "not '-1'"),
]


@pytest.mark.parametrize(("arguments", "said"), MISUSED)
def test_what_makes_no_sense_is_said(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"") and said in done.stderr.decode() and done.stderr.count(b"\n") == 1


def test_a_sign_of_life_only_where_somebody_waits(tmp_path: Path) -> None:
    """A run of more than a second at a terminal shows what it is at, and takes that away; in a hook or a pipe nothing is shown."""
    (tmp_path / "a.txt").write_text("WAIT\n")
    for environment, shows in (({}, True), ({"CI": "1"}, False), ({"PRE_COMMIT": "1"}, False)):
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "driver.py"), "--check", "a.txt"],
            cwd=tmp_path,
            env={**os.environ, "CI": "", "PRE_COMMIT": "", "TERM": "xterm", **QUIET, **environment},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        seen = b""
        time.sleep(3.0)
        (tmp_path / "go").touch()
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:
            pass  # the other end is closed
        os.close(ours)
        assert process.wait(30) == 0
        (tmp_path / "go").unlink()
        assert (b"a.txt" in seen and b"\x1b[2K" in seen) is shows


@pytest.mark.parametrize("mode", ["--show-files", "--diff"])
def test_no_sign_of_life_in_the_midst_of_what_is_printed(tmp_path: Path, mode: str) -> None:
    """Where the product goes to the same terminal as it comes: the sign would stand in it, and would never be taken away."""
    (tmp_path / "a.txt").write_text("You donn?t.\n")
    os.mkfifo(tmp_path / "names")
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*DRIVER, mode, "--files-from", "names"],
        cwd=tmp_path,
        env={**os.environ, "CI": "", "PRE_COMMIT": "", "TERM": "xterm", **QUIET},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    time.sleep(2.5)
    (tmp_path / "names").write_text("a.txt\n")
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    assert process.wait(30) == (1 if mode == "--diff" else 0)
    assert b"a.txt" in seen and b"\x1b" not in seen
