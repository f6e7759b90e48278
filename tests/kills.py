"""End `summitfix -w` at random instants and look at what is left: `python tests/kills.py [KILLS] [OTHERS] [WHOLE]`, by default 300, 60 and 20.

The command runs over a tree of damaged and clean files of many kinds, alone or with `-j 2`, with and without `--backup`, and its whole process group is
killed at an instant that is uniform over the time an undisturbed run takes. Then each file must be the old one or the new one, mode and links included,
and the same command once more must end as if nothing had happened, and name what the killed run left. OTHERS are ended by SIGTERM, SIGINT and SIGHUP
instead, and may leave nothing at all. These have the small passes of the driver, so that most of the time goes into reading and writing; WHOLE is the
number of kills with the passes of the product.
"""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

QUICK = [sys.executable, str(Path(__file__).with_name("driver.py"))]
WHOLE = [sys.executable, "-m", "summitfix"]
WAYS = ([], ["-j", "2"], ["--backup", ".orig"], ["-j", "2", "--backup", ".orig"])
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "NO_COLOR": "", "LC_ALL": "C.UTF-8"}
BATCH = 15
"""Shots before the time that a run takes is measured again: other work on the machine changes it."""

FRENCH = "L’hôtel de la forêt rouvrira à Noël, après deux années de travaux ; la mairie l’a confirmé hier."
KOREAN = "오늘 아침 서울에서는 첫눈이 내렸고 시민들은 공원에서 사진을 찍었다."
ENGLISH = "It isn’t far, she said – but the café’s owner didn’t hear her."
POLISH = "Wczoraj wieczorem w parku zgasły wszystkie światła, a mieszkańcy wyszli na ulicę z latarkami."

Entry = tuple[bytes, int]
"""What a name stands for: the text of a file and its mode, or where a link leads and that it is one."""

Tree = dict[str, Entry]


def misread(text: str, meant: str, read: str) -> str:
    return text.encode(meant).decode(read)


def texts(number: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of files, damaged in many ways or not at all; those of each number differ."""
    lines = [f"{number}. {text}\n" for text in (FRENCH, ENGLISH, POLISH)]
    french, english = (misread(line, "utf-8", "cp1252") for line in lines[:2])
    yield "french.txt", french.encode()
    yield "marked.txt", b"\xef\xbb\xbf" + english.encode()
    yield "dos.txt", (french + english).replace("\n", "\r\n").encode()
    yield "wide.txt", b"\xff\xfe" + (lines[0] + english).encode("utf-16-le")
    yield "legacy.txt", "".join(lines[:1] * 4).encode("cp1252") + b"She didn?t know, and he wasn?t there.\n"
    yield "korean.txt", (misread(f"{number}. {KOREAN}\n", "cp949", "latin-1") + english).encode()
    yield "mixed.txt", (lines[2] + misread(lines[2], "utf-8", "cp1250") + english + "no end of line").encode()
    yield "clean.txt", "".join(lines).encode()
    yield "clean.cp1250.txt", (lines[2] * 3).encode("cp1250")
    yield "empty.txt", b""
    yield "picture.bin", bytes(range(256)) * 20


def grow(folder: Path, *, branches: int, large: int) -> None:
    """Make a tree: so many folders, each in the one before, and one file of so many bytes that is damaged at its end."""
    inside = folder
    for number in range(branches):
        inside = inside / f"branch {number}"
        inside.mkdir(parents=True)
        for name, data in texts(number):
            (inside / name).write_bytes(data)
        (inside / "french.txt").chmod(0o600)
        (inside / "marked.txt").chmod(0o755)
        os.link(inside / "korean.txt", inside / "korean again.txt")
        os.link(inside / "dos.txt", folder / f"dos {number}.txt")
        (inside / "link.txt").symlink_to("french.txt")
        (inside / "up").symlink_to("..")
    line = f"{ENGLISH}\n".encode()
    (folder / "large.txt").write_bytes(line * (large // len(line)) + misread(FRENCH, "utf-8", "cp1252").encode())


def seen(folder: Path) -> Tree:
    """All that a tree holds."""
    found = Tree()
    for path in folder.rglob("*"):
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            found[str(path.relative_to(folder))] = os.fsencode(os.readlink(path)), stat.S_IFLNK
        elif stat.S_ISREG(status.st_mode):
            found[str(path.relative_to(folder))] = path.read_bytes(), stat.S_IMODE(status.st_mode)
    return found


def is_left_over(name: str) -> bool:
    return os.path.basename(name).startswith(".") and ".summitfix-" in name


def ended(command: Sequence[str], folder: Path, shot: tuple[float, int] | None = None) -> tuple[int, str]:
    """Run a command on a tree to its end, or until a signal is sent to all of its processes after some seconds: its exit code, and what it says."""
    process = subprocess.Popen(
        [*command, folder.name], cwd=folder.parent, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    if shot:
        try:
            process.wait(shot[0])
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, shot[1])
    said = process.communicate(timeout=600)[1]
    end = time.monotonic() + 60
    while shot and is_alive(process.pid):
        assert time.monotonic() < end, "a process outlives the command"
        time.sleep(0.002)
    return process.returncode, said


def is_alive(group: int) -> bool:
    """Whether a process group has processes."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Shots:
    """Runs that are ended, over one tree; `found` counts what they left."""

    def __init__(self, work: Path, program: Sequence[str], *, branches: int, large: int) -> None:
        self.work, self.program, self.size = work, program, {"branches": branches, "large": large}
        self.found: Counter[str] = Counter()

    def tree(self) -> Path:
        """A tree that nobody has looked at."""
        folder = self.work / "tree"
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        grow(folder, **self.size)
        return folder

    def undisturbed(self, arguments: Sequence[str]) -> tuple[Tree, Tree, float]:
        """The tree before and after a run that nobody ends, and the seconds that it takes."""
        folder = self.tree()
        before, begun = seen(folder), time.monotonic()
        code, said = ended([*self.program, "-w", *arguments], folder)
        took, after = time.monotonic() - begun, seen(folder)
        assert code == 0 and "left by" not in said and not any(map(is_left_over, after)), said
        assert len([name for name in before if before[name] != after[name]]) == 9 * self.size["branches"] + 1
        return before, after, took

    def shoot(self, number: int, arguments: Sequence[str], causes: Sequence[int]) -> None:
        """End `number` runs at random instants, by one signal after the other."""
        before, after, took = self.undisturbed(arguments)
        cause = cycle(causes)
        while number:
            number -= self.shot(arguments, before, after, random.uniform(0.0, took), next(cause))

    def shot(self, arguments: Sequence[str], before: Tree, after: Tree, instant: float, cause: int) -> bool:
        """End a run, look at what it left, and run again; False if it came to its end before, or had not begun."""
        folder = self.tree()
        code, said = ended([*self.program, "-w", *arguments], folder, (instant, cause))
        if code == 0:
            return False
        if said.startswith("Fatal Python error: init"):  # it was Python that was ended, at its own start: nothing of the command had run
            assert seen(folder) == before
            return False
        assert code == -cause, f"{code}: {said}"
        left = self.look(before, after, seen(folder), cause)
        code, said = ended([*self.program, "-w", *arguments], folder)
        assert (code, seen(folder)) == (0, after), said
        assert all(os.path.basename(name) in said for name in left) and said.count("left by a run that was killed") == len(set(map(owner, left))), said
        return True

    def look(self, before: Tree, after: Tree, now: Tree, cause: int) -> list[str]:
        """What a run left that was ended; each file must be an old or a new one."""
        left = [name for name in now if is_left_over(name)]
        assert cause == signal.SIGKILL or not left, left
        mixed = [name for name in before if now[name] not in (before[name], after[name])]
        for name in mixed:  # in the midst of overwriting what has several names: the old text lies beside one of them, whole
            twins = [twin for twin in before if before[twin][0] == before[name][0]]
            assert cause == signal.SIGKILL and any(now.get(beside(twin, "old"), (b"",))[0] == before[name][0] for twin in twins), name
            assert now[name][1] == before[name][1], name
        assert all(now[name] == after[name] for name in now.keys() - before.keys() - set(left))
        done = sum(now[name] == after[name] != before[name] for name in before)
        self.found["shots"] += 1
        self.found["in the midst of the tree"] += 0 < done < len([name for name in before if before[name] != after[name]])
        self.found["with something left"] += bool(left)
        self.found["with a file half overwritten"] += bool(mixed)
        return left


def beside(name: str, kind: str) -> str:
    folder, base = os.path.split(name)
    return os.path.join(folder, f".{base}.summitfix-{kind}")


def owner(name: str) -> str:
    """The file that a left-over stands beside."""
    return name.rpartition(".summitfix-")[0]


def main(kills: int = 300, others: int = 60, whole: int = 20) -> None:
    """Shoot, and say what was found after each round."""
    rounds = (
        (kills, QUICK, (signal.SIGKILL,), 3),
        (others, QUICK, (signal.SIGTERM, signal.SIGINT, signal.SIGHUP), 3),
        (whole, WHOLE, (signal.SIGKILL,), 2),
    )
    with tempfile.TemporaryDirectory() as work:
        for number, program, causes, branches in rounds:
            shots, ways = Shots(Path(work), program, branches=branches, large=200_000), cycle(WAYS)
            while shots.found["shots"] < number:
                arguments = next(ways)
                shots.shoot(min(BATCH, number - shots.found["shots"]), arguments, causes)
                print(" ".join([*(cause.name for cause in causes), *program[1:], "-w", *arguments]), dict(shots.found), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
