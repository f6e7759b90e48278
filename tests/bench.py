"""How fast: starting on a clean small file beside bare Python, and repairing text beside ftfy and plsfix. Prints a table; `make bench` runs it.

With a folder of <language>.txt as argument, text of it is repaired too: what a text costs when all of its words are new, and when they are known.
"""

from __future__ import annotations

import importlib
import os
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


def start_on_clean_file(turns: int = TURNS) -> dict[str, float]:
    """The medians of bare Python and of the console script on a small clean file."""
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder, "clean.txt")
        clean.write_text(SENTENCES["English, ASCII"] * 20, encoding="utf-8")
        script = Path(sysconfig.get_path("scripts"), "summitfix")
        return start({"python -c pass": [sys.executable, "-c", "pass"], "summitfix clean.txt": [str(script), str(clean)]}, turns)


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


def main() -> None:
    """Print the tables."""
    medians = start_on_clean_file()
    bare = medians["python -c pass"]
    print(f"start, median of {TURNS}, Python {sys.version.split()[0]}")
    for name, milliseconds in medians.items():
        print(f"  {name:<22}{milliseconds:8.1f} ms{milliseconds / bare:8.2f} x")
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
