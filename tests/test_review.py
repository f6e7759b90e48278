"""Repair by question and answer, at a real terminal: every key, the end of input, Ctrl-C, and whatever else happens while somebody thinks it over."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from conftest import DRIVER, QUIET, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from summitfix.core import Change, Reason, Repair, apply
from summitfix.files import BLOCK, Block
from summitfix.review import Review

TEXT = "He said â€œhelloâ€™ to BUY NOW everyone.\nYou donn?t say that the caf? is open.\nIt wonn?t.\n"
"""Two repairs of mojibake, one of spam, one of glyphs, an unsure one, and one of glyphs again."""

FIXED = "He said “hello’ to everyone.\nYou donn’t say that the café is open.\nIt wonn’t.\n"

PROMPT = re.compile(r"\((\d+)/(\d+)\) repair this\? \[y,n,a,d,q,A,\?\] ")


class Terminal:
    """The command at a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80, command: list[str] = DRIVER, **options: Any) -> None:
        self.leader, follower = pty.openpty()
        self.resize(columns)
        self.modes = termios.tcgetattr(self.leader)
        environment = {**os.environ, **QUIET, "TERM": "xterm-256color", "NO_COLOR": "" if options.pop("colour", False) else "1"}
        del environment["COLUMNS"]  # it would stand above what the terminal says
        ignored = options.pop("ignored", None)

        def begin() -> None:
            fcntl.ioctl(follower, termios.TIOCSCTTY, 0)
            if ignored:
                signal.signal(ignored, signal.SIG_IGN)

        streams = {"stdin": follower, "stdout": follower, "stderr": follower, **options}
        self.process = subprocess.Popen([*command, *arguments], cwd=folder, env=environment, start_new_session=True, preexec_fn=begin, **streams)  # noqa: PLW1509
        os.close(follower)
        self.heard = ""

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self.leader, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def until(self, pattern: str | re.Pattern[str]) -> str:
        """What it shows, up to and with `pattern`."""
        end = time.monotonic() + 30
        while not (found := re.search(pattern, self.heard)):
            assert time.monotonic() < end, self.heard
            assert self._hear(), self.heard
        shown, self.heard = self.heard[: found.end()], self.heard[found.end() :]
        return shown

    def question(self) -> str:
        """What it shows up to the next question; then it waits for a key."""
        shown = self.until(PROMPT)
        end = time.monotonic() + 30
        while termios.tcgetattr(self.leader)[3] & termios.ICANON:  # a key that comes earlier is no answer
            assert time.monotonic() < end, "it does not wait for a key"
            time.sleep(0.001)
        return shown

    def press(self, *keys: str) -> list[str]:
        """Answer as many questions; what was shown before each answer."""
        shown = []
        for key in keys:
            shown.append(self.question())
            os.write(self.leader, key.encode())
        return shown

    def end(self) -> tuple[int, str]:
        """The exit code, and what it shows until it ends. The terminal is as it was."""
        while self._hear():
            pass
        code = self.process.wait(30)
        assert not PROMPT.search(self.heard), self.heard
        assert termios.tcgetattr(self.leader) == self.modes
        os.close(self.leader)
        return code, self.heard

    def _hear(self) -> bool:
        """Take in what comes within half a minute; False if nothing will come any more."""
        assert select.select([self.leader], [], [], 30)[0], self.heard
        try:
            data = os.read(self.leader, 65536)
        except OSError:
            return False
        self.heard += data.decode().replace("\r\n", "\n")
        return bool(data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "a.txt", "b.txt":
        (tmp_path / name).write_text(TEXT)
    return tmp_path


def held(folder: Path) -> dict[str, str]:
    """All files, and what they hold."""
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


# The keys


def test_each_repair_is_asked_about_and_taken_or_not(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    shown = terminal.press("y", "n", "y", "n", "y", "y")
    assert shown[0].splitlines() == [
        "",
        "── a.txt:1:9 (mojibake) ────────────────────────────────────────────────────────",
        "   1 │ - He said â€œhelloâ€™ to BUY NOW everyone.",
        "     │ + He said “helloâ€™ to BUY NOW everyone.",
        "         mojibake  utf-8 read as cp1252",
        "                   sure (99.8 %)",
        "(1/6) repair this? [y,n,a,d,q,A,?] ",
    ]
    assert shown[4].splitlines() == [
        "n",
        "",
        "── a.txt:2:25 (glyphs) ─────────────────────────────────────────────────────────",
        "   2 │ ? You donn?t say that the caf? is open.",
        "     │ ? You donn?t say that the café is open.",
        "         glyphs  a word with one reading",
        "                 unsure (70.0 %)",
        "(5/6) repair this? [y,n,a,d,q,A,?] ",
    ]
    assert terminal.end() == (
        1,
        "y\n"
        'a.txt:1:9: mojibake "â€œ" -> "“"\n'
        'a.txt:1:24: spam "BUY NOW " -> ""\n'
        'a.txt:2:25: glyphs "caf?" -> "café"\n'
        'a.txt:3:8: glyphs "?" -> "’"\n'
        "repaired 1 file (2 glyphs, 1 mojibake, 1 spam), 2 repairs not taken (1 glyphs, 1 mojibake)\n",
    )
    taken = "He said “helloâ€™ to everyone.\nYou donn?t say that the café is open.\nIt wonn’t.\n"
    assert held(folder) == {"a.txt": taken, "b.txt": TEXT}


def test_all_taken_is_success(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press(*"yyyyyy")
    code, said = terminal.end()
    assert code == 0 and said.endswith("repaired 1 file (3 glyphs, 2 mojibake, 1 spam)\n")
    assert held(folder)["a.txt"] == FIXED


def test_nothing_taken_is_nothing_written(folder: Path) -> None:
    before = os.stat(folder / "a.txt").st_mtime_ns
    terminal = Terminal(folder, "-i", "--backup=.orig", "a.txt")
    terminal.press(*"nnnnnn")
    assert terminal.end() == (1, "n\n5 repairs not taken (2 glyphs, 2 mojibake, 1 spam)\n")
    assert held(folder) == {"a.txt": TEXT, "b.txt": TEXT} and os.stat(folder / "a.txt").st_mtime_ns == before


def test_an_unsure_one_that_is_refused_does_not_count(folder: Path) -> None:
    (folder / "a.txt").write_text("The caf? is open.\n")
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("n")
    assert terminal.end() == (0, "n\n1 file clean\n")
    assert held(folder)["a.txt"] == "The caf? is open.\n"


def test_refusals_are_forgiven_on_demand(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "--exit-zero", "a.txt")
    terminal.press("d")
    assert terminal.end()[0] == 0


def test_a_takes_the_rest_of_the_file_but_what_is_unsure(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    shown = terminal.press("n", "a", "n", "d")
    assert "(5/6)" in shown[2] and "unsure (70.0 %)" in shown[2], "nobody has seen it yet"
    assert "b.txt:1:9" in shown[3] and "(1/6)" in shown[3]
    code, said = terminal.end()
    assert code == 1 and "repaired 1 file (2 glyphs, 1 mojibake, 1 spam), 6 repairs not taken (3 mojibake, 2 glyphs, 1 spam)\n" in said
    assert held(folder) == {"a.txt": FIXED.replace("“", "â€œ").replace("café", "caf?"), "b.txt": TEXT}


def test_a_at_an_unsure_one_takes_everything_that_is_left(folder: Path) -> None:
    (folder / "a.txt").write_text("A caf? and a caf? and donn?t.\n")
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("a")
    assert terminal.end()[0] == 0
    assert held(folder)["a.txt"] == "A café and a café and donn’t.\n"


def test_d_leaves_the_rest_of_the_file(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    shown = terminal.press("y", "d", "a", "y")
    assert "b.txt:1:9" in shown[2]
    assert terminal.end()[0] == 1
    assert held(folder) == {"a.txt": TEXT.replace("â€œ", "“"), "b.txt": FIXED}


def test_what_a_took_d_does_not_take_back(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("a", "d")
    assert terminal.end()[0] == 0
    assert held(folder)["a.txt"] == FIXED.replace("café", "caf?")


def test_A_takes_all_of_a_pass_in_all_files(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    shown = terminal.press("A", "n", "n", "n", "A", "n")
    assert [PROMPT.findall(text)[0] for text in shown] == [("1", "6"), ("3", "6"), ("4", "6"), ("5", "6"), ("6", "6"), ("3", "6")]
    assert "b.txt:1:24 (spam)" in shown[5]
    terminal.press("n")  # the unsure one of the second file
    assert terminal.end()[0] == 1
    kept = TEXT.replace("â€œ", "“").replace("â€™", "’")
    assert held(folder) == {"a.txt": kept.replace("wonn?t", "wonn’t"), "b.txt": kept.replace("nn?t", "nn’t")}


@pytest.mark.parametrize("key", ["q", "\x04"], ids=["q", "Ctrl-D"])
def test_q_stops_and_what_was_taken_is_written(folder: Path, key: str) -> None:
    before = os.stat(folder / "b.txt").st_mtime_ns
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    terminal.press("y", key)
    code, said = terminal.end()
    assert code == 1
    assert said.endswith("repaired 1 file (1 mojibake), 4 repairs not taken (2 glyphs, 1 mojibake, 1 spam), the rest not looked at\n")
    assert held(folder) == {"a.txt": TEXT.replace("â€œ", "“"), "b.txt": TEXT} and os.stat(folder / "b.txt").st_mtime_ns == before


def test_q_at_the_very_end_leaves_nothing_undone(folder: Path) -> None:
    (folder / "a.txt").write_text("You donn?t say caf?\n")
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("y", "q")
    assert terminal.end()[0] == 0
    assert held(folder)["a.txt"] == "You donn’t say caf?\n"


def test_q_is_no_success_while_files_are_left(folder: Path) -> None:
    (folder / "a.txt").write_text("A caf?\n")
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    terminal.press("q")
    assert terminal.end() == (1, "q\n1 clean, the rest not looked at\n")


@pytest.mark.parametrize("key", ["?", "x", "Y", " ", "é", "\x1b", "\x1b[A"], ids=["?", "x", "Y", "space", "é", "escape", "arrow"])
def test_any_other_key_shows_the_help_and_does_nothing(folder: Path, key: str) -> None:
    terminal = Terminal(folder, "-i", "a.txt", columns=40)
    shown = terminal.press(key, "d")[1]
    assert shown.startswith(f"{key}\n" if key.isprintable() else "\n") and "\nA  repair this and all mojibake,\n" in shown
    assert PROMPT.findall(shown) == [("1", "6")] and max(map(cell_len, shown.splitlines())) <= 40
    assert terminal.end()[0] == 1 and held(folder)["a.txt"] == TEXT


def test_enter_asks_again(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    first, again, *_ = terminal.press("\r", "\n", "d")
    assert again == "\n" + first
    assert terminal.end()[0] == 1


def test_only_the_first_of_many_keys_answers(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("yyyyyyyy", "d")
    assert terminal.end()[0] == 1
    assert held(folder)["a.txt"] == TEXT.replace("â€œ", "“")


# Unsure repairs of what was repaired already

SPLIT = "The caBUY NOW f? is open.\n"


@pytest.mark.parametrize(
    ("keys", "text", "code"),
    [("yy", "The café is open.\n", 0), ("yn", "The caf? is open.\n", 0), ("n", SPLIT, 1), ("ay", "The café is open.\n", 0), ("q", SPLIT, 1)],
)
def test_an_unsure_repair_goes_on_from_a_sure_one(folder: Path, keys: str, text: str, code: int) -> None:
    """Spam in the middle of a word: what letter was lost is asked only if the spam was cut."""
    (folder / "a.txt").write_text(SPLIT)
    terminal = Terminal(folder, "-i", "a.txt")
    shown = terminal.press(*keys)
    assert "     │ + The caf? is open." in shown[0]
    if len(keys) == 2:
        assert "   1 │ ? The caBUY NOW f? is open.\n     │ ? The café is open.\n" in shown[1]
        assert "unsure (70.0 %), would replace what was taken" in shown[1]
    assert terminal.end()[0] == code
    assert held(folder)["a.txt"] == text


BEFORE = "abcdefghijklmnopqrst"


@st.composite
def repairs(draw: st.DrawFn) -> Repair:
    """Some changes, and some doubts that take in the whole of what they overlap, as `core.repair` has it."""
    cuts = sorted(draw(st.lists(st.integers(0, len(BEFORE)), max_size=8)))
    changes = tuple(change(start, end, draw(st.sampled_from(["", "X"])) or "X" * (start == end), 0.95) for start, end in pairs(cuts))
    doubts = []
    for first, size, flags in draw(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 6), st.booleans()), max_size=3)):
        last = min(first + size, len(BEFORE))
        over = [other for other in changes if other.start < last and other.end > first]
        start, end = min([first, *(other.start for other in over)]), max([last, *(other.end for other in over)])
        doubts.append(change(start, end, BEFORE[start:end] if flags else f"?{len(doubts)}", 0.6))
    return Repair(BEFORE, apply(BEFORE, changes), changes, tuple(sorted(doubts)), ())


def pairs(cuts: list[int]) -> list[tuple[int, int]]:
    """Neighbours as start and end, no two of them the same place."""
    return list(dict.fromkeys(zip(cuts[::2], cuts[1::2], strict=False)))


def change(start: int, end: int, after: str, confidence: float) -> Change:
    return Change(start, BEFORE[start:end], after, (Reason("test.rule", "because", confidence),))


@given(repairs(), st.text("ynadqA?", max_size=12))
@settings(max_examples=200)
def test_whatever_the_answers_it_is_a_repair(repair: Repair, keys: str) -> None:
    answers: Iterator[str] = iter(keys)
    shown: list[str] = []
    review = Review(colour=False, say=lambda text, end: shown.append(text + end))
    with mock.patch("click.getchar", lambda: next(answers, "\x04")):
        found = review.taken("name", Block(BEFORE, "utf-8", BEFORE.encode(), b"", "given"), repair)
    assert found.after == apply(BEFORE, found.changes) and found.before == BEFORE
    offered = {*repair.changes, *(doubt for doubt in repair.doubts if doubt.before != doubt.after)}
    assert {*found.changes} <= offered and not {*found.changes} & {*found.doubts}
    replaced = {*repair.changes, *repair.doubts} - {*found.changes, *found.doubts}
    for lost in replaced:
        assert lost.is_sure and any(other.start <= lost.start and lost.end <= other.end and not other.is_sure for other in found.changes)
    answered = keys[: sum(bool(PROMPT.search(text)) for text in shown)]
    if not set("adqA").intersection(answered):
        assert answered.count("y") == len(found.changes) + len(replaced)


# What happens meanwhile


def test_ctrl_c_leaves_the_file_as_it_was(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "--backup=.orig", "a.txt", "b.txt")
    terminal.press(*"yyyyyy", "y", "y", "\x03")
    assert terminal.end() == (-signal.SIGINT, "\nsummitfix: interrupted; files already written are whole\n")
    assert held(folder) == {"a.txt": FIXED, "a.txt.orig": TEXT, "b.txt": TEXT}


def test_ctrl_c_is_heard_among_other_keys(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("y\x03")
    assert terminal.end()[0] == -signal.SIGINT and held(folder)["a.txt"] == TEXT


def test_killed_it_leaves_the_terminal_as_it_was(folder: Path) -> None:
    """And dies of what it was killed by."""
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("y")
    terminal.question()
    terminal.process.terminate()
    code, said = terminal.end()
    assert code == -signal.SIGTERM and said.endswith("summitfix: interrupted; files already written are whole\n")
    assert held(folder) == {"a.txt": TEXT, "b.txt": TEXT}


def test_a_terminal_that_goes_away_takes_it_along(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt")
    terminal.press("y")
    terminal.question()
    os.close(terminal.leader)
    assert terminal.process.wait(30) == -signal.SIGHUP
    assert held(folder) == {"a.txt": TEXT, "b.txt": TEXT}


def test_a_terminal_that_goes_away_is_the_end_of_input(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", "b.txt", ignored=signal.SIGHUP)
    terminal.press("y")
    terminal.question()
    os.close(terminal.leader)
    assert terminal.process.wait(30) == 1
    assert held(folder) == {"a.txt": TEXT.replace("â€œ", "“"), "b.txt": TEXT}


def test_ctrl_z_gives_the_terminal_back_for_a_while(folder: Path) -> None:
    script = f"set -m; {shlex.join(DRIVER)} -i a.txt; echo stopped: $?; stty -a; fg >/dev/null"
    terminal = Terminal(folder, "-c", script, command=["bash"])
    terminal.press("y", "\x1a")
    shown = terminal.until("stopped: 148\n(.*\n)*?.*isig.*\n")
    assert " icanon" in shown and " echo " in shown
    again = terminal.press("y", "d")
    assert [PROMPT.findall(text) for text in again] == [[("2", "6")], [("3", "6")]]
    assert terminal.end()[0] == 1
    assert held(folder)["a.txt"] == TEXT.replace("â€œ", "“").replace("â€™", "’")


@pytest.mark.parametrize(("first", "then"), [(80, 40), (40, 140), (140, 80)])
def test_a_resized_terminal_is_measured_anew(folder: Path, first: int, then: int) -> None:
    text = "The ferry wouldnn?t run before the storm had passed, and nobody on the island had expected it to, since the captain knew.\n"
    (folder / "a.txt").write_text(text * 2)
    terminal = Terminal(folder, "-i", "a.txt", columns=first)
    (shown,) = terminal.press("y")
    assert cell_len(shown.splitlines()[1]) == first == max(map(cell_len, shown.splitlines()))
    terminal.question()
    terminal.resize(then)
    os.write(terminal.leader, b"\r")
    (shown,) = terminal.press("y")
    assert cell_len(shown.splitlines()[2]) == then == max(map(cell_len, shown.splitlines()))
    assert terminal.end()[0] == 0 and held(folder)["a.txt"] == text.replace("?", "’") * 2


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_wide_and_hostile_text_is_shown_as_text(folder: Path, columns: int) -> None:
    name = "船\x1b[31m\n\u202e.txt"
    text = "船は七時に出ます。\x1b]0;title\x07[bold] donn?t [/]\u202eevil \x9b31m パンと上着を持ってきてください。島にはほかの船がありません。\n"
    (folder / name).write_text(text)
    terminal = Terminal(folder, "-i", name, columns=columns)
    (shown,) = terminal.press("y")
    code, said = terminal.end()
    assert code == 0 and (folder / name).read_text() == text.replace("?", "’")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown + said)
    assert "船␛[31m␊<U+202E>.txt:1:" in shown and "donn’t" in shown
    assert max(map(cell_len, shown.splitlines())) <= columns


def test_at_a_terminal_it_has_colour(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", colour=True)
    (shown,) = terminal.press("d")
    assert "He said \x1b[1;9;31mâ€œ\x1b[0mhello" in shown and "He said \x1b[1;32m“\x1b[0mhello" in shown
    terminal.end()


@pytest.mark.parametrize("how", ["appended", "edited", "replaced", "emptied"])
def test_a_file_that_changes_meanwhile_is_not_written(folder: Path, how: str) -> None:
    path = folder / "a.txt"
    path.write_text(TEXT + "a plain line\n" * (BLOCK // 13) + "You donn?t.\n")
    terminal = Terminal(folder, "-i", "--backup=.orig", "a.txt", "b.txt")
    terminal.press(*"yyyyyy")
    terminal.question()
    now = {"appended": path.read_text() + "more\n", "edited": path.read_text().replace("He", "We"), "replaced": path.read_text(), "emptied": ""}[how]
    if how == "replaced":
        path.unlink()
    path.write_text(now)
    os.write(terminal.leader, b"y")
    shown = terminal.press("a", "y")
    assert "summitfix: a.txt: changed while it was being repaired; not written\n" in shown[0] and "b.txt" in shown[0]
    code, said = terminal.end()
    assert code == 2 and "repaired 1 file (3 glyphs, 2 mojibake, 1 spam), 1 failed\n" in said
    assert held(folder) == {"a.txt": now, "b.txt": FIXED, "b.txt.orig": TEXT}


# What it does with files


def test_the_old_text_is_kept_beside(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "--backup=.orig", "a.txt")
    terminal.press("y", "d")
    terminal.end()
    assert held(folder) == {"a.txt": TEXT.replace("â€œ", "“"), "a.txt.orig": TEXT, "b.txt": TEXT}


def test_nobody_answers_for_a_file_that_cannot_be_written(folder: Path) -> None:
    (folder / "a.txt").chmod(0o444)
    terminal = Terminal(folder, "-i", "a.txt")
    assert terminal.end() == (2, "summitfix: a.txt: read-only; not written\n")


def test_a_clean_file_is_not_asked_about(folder: Path) -> None:
    (folder / "a.txt").write_text("All is well.\n")
    terminal = Terminal(folder, "-i", "a.txt")
    assert terminal.end() == (0, "1 file clean\n")


def test_each_block_of_a_large_file_has_its_own_count(folder: Path) -> None:
    lines = "a plain line, as there are many\n" * (BLOCK // 30)
    text = f"You donn?t.\n{lines}You donn?t,\nyou wonn?t.\n{lines}You donn?t.\n"
    for name in "a.txt", "b.txt":
        (folder / name).write_text(text)
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    shown = terminal.press("n", "y", "n", "a", "y", "q")
    assert [PROMPT.findall(part)[0] for part in shown] == [("1", "1"), ("1", "2"), ("2", "2"), ("1", "1"), ("1", "1"), ("1", "2")]
    assert f"── a.txt:{BLOCK // 30 + 2}:9 (glyphs)" in shown[1]
    code, said = terminal.end()
    assert code == 1 and said.endswith("repaired 2 files (3 glyphs), 4 repairs not taken (4 glyphs), the rest not looked at\n")
    assert (folder / "a.txt").read_text() == f"You donn?t.\n{lines}You donn’t,\nyou wonn?t.\n{lines}You donn’t.\n"
    assert (folder / "b.txt").read_text() == f"You donn’t.\n{lines}You donn?t,\nyou wonn?t.\n{lines}You donn?t.\n"


def test_what_a_took_ends_with_its_file(folder: Path) -> None:
    """Also where the next file has nothing to ask about in its first block."""
    (folder / "b.txt").write_text("a plain line\n" * (BLOCK // 12) + "You donn?t.\n")
    terminal = Terminal(folder, "-i", "a.txt", "b.txt")
    assert "b.txt" in terminal.press("a", "y", "n")[2]
    assert terminal.end()[0] == 1


def test_legacy_bytes_and_line_ends_stay(folder: Path) -> None:
    data = "Dès l’été, donn?t.\r\nÀ bientôt, wonn?t.\rFin".encode("cp1252")
    (folder / "a.txt").write_bytes(data)
    terminal = Terminal(folder, "-i", "a.txt", "--encoding=cp1252")
    terminal.press("n", "y")
    assert terminal.end()[0] == 1
    assert (folder / "a.txt").read_bytes() == data.replace(b"wonn?t", b"wonn\x92t")


def test_a_field_is_repaired_and_nothing_else(folder: Path) -> None:
    (folder / "a.txt").write_text('{"text": "You donn?t", "note": "wonn?t"}\n{"text": "You wonn?t"}\n')
    terminal = Terminal(folder, "-i", "--field=text", "a.txt")
    terminal.press("n", "y")
    assert terminal.end()[0] == 1
    assert held(folder)["a.txt"] == '{"text": "You donn?t", "note": "wonn?t"}\n{"text": "You wonn’t"}\n'


@pytest.mark.parametrize(("keys", "code"), [("nn", 1), ("ny", 2)])
def test_what_the_codec_cannot_hold_is_said_before_it_is_asked_about(folder: Path, keys: str, code: int) -> None:
    data = "Déjà donn?t, wonn?t.\n".encode("latin-1")
    (folder / "a.txt").write_bytes(data)
    terminal = Terminal(folder, "-i", "a.txt", "--encoding=latin-1")
    reason = "a.txt: iso8859-1 cannot hold '’' (U+2019); --to utf-8 writes it in a codec that can\n"
    assert terminal.press(*keys)[0].startswith(reason)
    found, said = terminal.end()
    assert found == code and (f"summitfix: {reason}" in said) == (code == 2)
    assert (folder / "a.txt").read_bytes() == data


# Where there is no terminal, or not everywhere


def test_the_questions_are_no_product(folder: Path) -> None:
    terminal = Terminal(folder, "-i", "a.txt", stdout=subprocess.PIPE)
    terminal.press("y", "d")
    assert terminal.process.stdout is not None and terminal.process.stdout.read() == b""
    terminal.process.stdout.close()
    assert terminal.end()[0] == 1


def test_a_closed_standard_output_does_no_harm(folder: Path) -> None:
    terminal = Terminal(folder, "-c", f"{shlex.join(DRIVER)} -i a.txt >&-", command=["sh"])
    terminal.press("y", "d")
    assert terminal.end()[0] == 1
    assert held(folder)["a.txt"] == TEXT.replace("â€œ", "“")


def test_without_a_terminal_nobody_is_asked(folder: Path, run: Run) -> None:
    done = run("-i", "a.txt", given=b"yyyyyy")
    assert (done.returncode, done.stdout) == (2, b"") and done.stderr.startswith(b"summitfix: --interactive asks at a terminal")
    assert held(folder) == {"a.txt": TEXT, "b.txt": TEXT}


def test_standard_input_cannot_both_answer_and_be_repaired(folder: Path) -> None:
    code, said = Terminal(folder, "-i", "a.txt", "-").end()
    assert code == 2 and said.startswith("summitfix: --interactive hears its answers from standard input")
    assert held(folder) == {"a.txt": TEXT, "b.txt": TEXT}
