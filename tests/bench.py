"""How fast and how large: the command beside bare Python, cat and codespell, the repair beside ftfy and plsfix. Prints tables; `make bench` runs it.

Each row stands beside a peer that was measured in the same run, for no figure means much on another machine, or on this one at another time. Times are those
of the processor, user and system, but for the start; memory is the most that was resident. With a folder of <language>.txt as argument, text of it is
repaired too: what a text costs when all of its words are new, and when they are known.
"""

from __future__ import annotations

import importlib
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from sentences import SENTENCES as BY_LANGUAGE

TURNS = 20
SECONDS = 0.6
"""How long one engine works on one text."""

SENTENCES = {
    "English, ASCII": "The ferry leaves at seven, and the island has no other; bring bread, a coat and something to read.\n",
    "French": "Le bac part à sept heures, et l’île n’en a pas d’autre ; emportez du pain, un manteau et de la lecture.\n",
    "Russian": "Паром отходит в семь, а другого на острове нет; возьмите хлеба, пальто и что-нибудь почитать.\n",
    "Korean": "배는 일곱 시에 떠나고 섬에는 다른 배가 없으니 빵과 외투와 읽을거리를 가져오세요.\n",
    "Japanese": "船は七時に出ます。島にはほかの船がないので、パンと上着と読むものを持ってきてください。\n",
}


CLEAN = ("fr", "vi", "ru", "ko", "zh-hans", "ja", "th", "ar")
"""Languages whose clean text must not cost more than looking at it."""


def numbered(language: str, size: int) -> str:
    """About so many bytes of the sentences of a language, each line with its number, so that none comes twice."""
    lines = [*BY_LANGUAGE[language]]
    count = size // len("\n".join(lines).encode()) * len(lines)
    return "".join(f"{number} {line}\n" for number, line in enumerate(islice(cycle(lines), count)))


def misread(text: str, meant: str, read: str) -> str:
    """`text` as it looks when its bytes in one codec were read as another."""
    return text.encode(meant).decode(read)


DAMAGED = {
    "French, UTF-8 read as latin-1": misread(SENTENCES["French"], "utf-8", "latin-1"),
    "Korean, CP949 read as latin-1": misread(SENTENCES["Korean"], "cp949", "latin-1"),
}


def start(commands: dict[str, Sequence[str]], turns: int = TURNS) -> dict[str, float]:
    """The median time of each command in milliseconds, all of them in turn so that a busy machine is equally busy for all."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as compiled:
        environment.setdefault("PYTHONPYCACHEPREFIX", compiled)  # as installed, that is: compiled beforehand
        for turn in range(turns + 1):
            for name, command in commands.items():
                begin = time.perf_counter()
                subprocess.run(command, env=environment, check=True, capture_output=True)
                if turn:
                    times[name].append((time.perf_counter() - begin) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def start_on_clean_file(turns: int = TURNS, *, damaged: bool = False) -> dict[str, float]:
    """The medians of bare Python and of the console script on a small clean file; if so said, also on a damaged article, with the view."""
    with tempfile.TemporaryDirectory() as folder:
        clean, article = Path(folder, "clean.txt"), Path(folder, "article.txt")
        clean.write_text(SENTENCES["English, ASCII"] * 20, encoding="utf-8")
        article.write_text((SENTENCES["English, ASCII"] * 20 + DAMAGED["French, UTF-8 read as latin-1"]) * 2, encoding="utf-8")
        script = str(Path(sysconfig.get_path("scripts"), "summitfix"))
        commands = {"python -c pass": [sys.executable, "-c", "pass"], "summitfix clean.txt": [script, str(clean)]}
        return start(commands | ({"summitfix article.txt": [script, "--exit-zero", str(article)]} if damaged else {}), turns)


def speed(fix: Callable[[str], object], text: str) -> float:
    """Megabytes of UTF-8 a second of processor time, so that a busy machine does not matter."""
    size, done, begin = len(text.encode()), 0, time.process_time()
    while True:
        fix(text)
        done += size
        if (passed := time.process_time() - begin) > SECONDS:
            return done / passed / 1e6


def engines() -> dict[str, Callable[[str], object]]:
    """What repairs text here: summitfix, ftfy, and plsfix if it is installed."""
    found: dict[str, Callable[[str], object]] = {}
    for name, call in (("summitfix", "repair"), ("ftfy", "fix_text"), ("plsfix", "fix_text")):
        try:
            found[f"{name} {version(name)}"] = getattr(importlib.import_module(name), call)
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)
    return found


def first(fix: Callable[[str], object], text: str) -> float:
    """Megabytes of UTF-8 a second of processor time, the first time."""
    begin = time.process_time()
    fix(text)
    return len(text.encode()) / (time.process_time() - begin) / 1e6


class Cost(NamedTuple):
    """What a command took: seconds of the processor, seconds of the clock, and megabytes at the most."""

    seconds: float
    clock: float
    memory: float


def cost(command: Sequence[str], given: Path | None = None) -> Cost:
    """Run a command on a file as its standard input, its output thrown away."""
    begin = time.perf_counter()
    with open(given or os.devnull, "rb") as source:
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{command[0]} ended with {process.returncode}"
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss / 1000)


def row(name: str, ours: Cost, peer: str, theirs: Cost, size: float = 0.0) -> None:
    """Print a row: a command of ours beside a peer, for so many megabytes."""
    speeds = f"{size / ours.seconds:9.1f} MB/s" if size else " " * 14
    print(f"  {name:<46}{ours.seconds:8.2f} s{ours.memory:8.0f} MB{speeds}   {peer}: {theirs.seconds:.2f} s, {theirs.memory:.0f} MB", flush=True)


PROSE = SENTENCES["English, ASCII"] * 8 + "“It’s late,” said the ferryman — and he was right.\n"
MIXED = PROSE * 4 + SENTENCES["French"] + PROSE * 4 + SENTENCES["Russian"]

PIPES: tuple[tuple[str, str, int], ...] = (
    # what goes through a pipe, a piece of it, megabytes
    ("clean, ASCII", SENTENCES["English, ASCII"], 100),
    ("clean, English with quotation marks", PROSE, 100),
    ("clean, with some French and Russian", MIXED, 50),
    ("damage on each hundredth line", SENTENCES["English, ASCII"] * 99 + DAMAGED["French, UTF-8 read as latin-1"], 4),
    ("damage on each hundredth line, twice as much", SENTENCES["English, ASCII"] * 99 + DAMAGED["French, UTF-8 read as latin-1"], 8),
    ("one line", SENTENCES["English, ASCII"].replace("\n", " "), 50),
    ("one line, four times as long", SENTENCES["English, ASCII"].replace("\n", " "), 200),
    ("one letter of mojibake, again and again", "Ã©", 10),
    ("question marks", "?", 10),
    ("quotation marks", "“", 10),
)


def pipes(folder: Path, script: str) -> None:
    """Print what goes through a pipe, beside cat."""
    for name, unit, size in PIPES:
        path = folder / "pipe.txt"
        with path.open("wb") as file:
            piece = unit.encode() * (1_000_000 // len(unit.encode()) + 1)
            for _ in range(size * 1_000_000 // len(piece)):
                file.write(piece)
        row(f"{name}, {size} MB", cost([script], path), "cat", cost(["cat"], path), size)


def small_files(folder: Path, script: str, number: int = 400) -> None:
    """Print what many clean small files cost, beside codespell and typos where they are installed."""
    texts = folder / "texts"
    texts.mkdir()
    lines = PROSE.splitlines(keepends=True)
    for at in range(number):
        (texts / f"{at}.txt").write_text("".join(lines[(at + i) % len(lines)] for i in range(5 + at % 20)), encoding="utf-8")
    for peer, command in ("codespell", ["codespell", "-w"]), ("typos", ["typos"]):
        if found := shutil.which(command[0], path=f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"):
            ours, theirs = (min(cost([*each, str(texts)]) for _ in range(3)) for each in ([script, "-w"], [found, *command[1:]]))
            row(f"-w over {number:,} clean small files", ours, peer, theirs)
        else:
            print(f"{peer} is not installed", file=sys.stderr)


def processes(folder: Path, script: str, number: int = 40) -> None:
    """Print what two processes gain on damaged files."""
    texts = folder / "damaged"
    texts.mkdir()
    words = [word for sentence in SENTENCES.values() for word in sentence.split()]
    for at in range(number):
        said = " ".join(words[(at * 7 + i * (at % 5 + 1)) % len(words)] for i in range(200))
        (texts / f"{at}.txt").write_text(misread(f"Le café nº {at} à l’hôtel a été rénové. {said}", "utf-8", "latin-1"), encoding="utf-8")
    one, two = (cost([script, "--check", "-j", jobs, str(texts)]) for jobs in "12")
    row(f"-j 2 over {number} damaged files: {one.clock / two.clock:.2f} x", two, "-j 1", one)


def main() -> None:
    """Print the tables."""
    medians = start_on_clean_file(damaged=True)
    bare = medians["python -c pass"]
    print(f"start, median of {TURNS}, Python {sys.version.split()[0]}")
    for name, milliseconds in medians.items():
        print(f"  {name:<22}{milliseconds:8.1f} ms{milliseconds / bare:8.2f} x")
    script = str(Path(sysconfig.get_path("scripts"), "summitfix"))
    with tempfile.TemporaryDirectory() as folder:
        print("\nthe command")
        small_files(Path(folder), script)
        processes(Path(folder), script)
        pipes(Path(folder), script)
    found = engines()
    print("\nrepair, MB of UTF-8 a second" + " " * 7 + "".join(f"{name:>18}" for name in found))
    for kind, sentences, size in ("clean", SENTENCES, 1_000_000), ("damaged", DAMAGED, 50_000):
        for name, sentence in sentences.items():
            text = sentence * (size // len(sentence.encode()) + 1)
            print(f"  {kind + ': ' + name:<33}" + "".join(f"{speed(fix, text):18.2f}" for fix in found.values()))
    for language in CLEAN:
        text = numbered(language, 200_000)
        print(f"  {'clean, numbered lines: ' + language:<33}" + "".join(f"{speed(fix, text):18.2f}" for fix in found.values()))
    for path in (path for folder in sys.argv[1:] for path in sorted(Path(folder).glob("*.txt"))):
        text = path.read_bytes()[:200_000].decode("utf-8", "ignore")
        print(f"  {path.stem + ', at first sight':<33}" + "".join(f"{first(fix, text):18.2f}" for fix in found.values()))
        print(f"  {path.stem + ', again':<33}" + "".join(f"{speed(fix, text):18.2f}" for fix in found.values()))


if __name__ == "__main__":
    main()
