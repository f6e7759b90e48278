"""Keep every promise under as many examples as one likes: `make fuzz`, or

    python tests/fuzz.py [--guided] [--examples N] [--seconds S] [--seed N] [PROMISE ...]

Says of each promise how many examples were run, how long that took, which one took longest, and what broke it, made small. Each example has a seed of its
own, the next number: `--seed` with that of a find and `--examples 1` is that example again. With `--guided` atheris leads them to code that none has
reached before (`pip install --group fuzz`), and keeps those that did in the folder `--corpus`.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NoReturn

Example = tuple[Any, ...]

SEEDS = 300
"""How many examples atheris begins with."""

WARM = 200
"""Behind so many examples the tables are loaded, and need no more be looked through for garbage."""

TRIES = 2_000
"""How often a smaller example is tried for one that broke a promise."""


class Trial:
    """A promise on trial: how many examples were run, the slowest of them, and the first of those that broke it at each place, with the traceback."""

    def __init__(self, promise: Any, seconds: float) -> None:
        self.promise, self.run, self.begin, self.seconds = promise, 0, sum(os.times()[:4]), seconds
        self.slowest: tuple[float, Example] = 0.0, ()
        self.fallen = dict[str, str]()

    @property
    def spent(self) -> float:
        """Seconds of processor time so far, those of the commands that it ran included."""
        return sum(os.times()[:4]) - self.begin

    def keep(self, example: Example, told: str = "") -> None:
        """Run an example; `told` says where it comes from."""
        self.run += 1
        begin = time.process_time()
        try:
            self.promise.keep(*example)
        except Exception as error:
            if (place := _place(error)) not in self.fallen:
                self.fallen[place] = f"{told}{self.small(example, place)!a}\n{''.join(traceback.format_exception(error))}"
        took = time.process_time() - begin
        if took > self.slowest[0]:
            self.slowest = took, example

    def breaks(self, example: Example, place: str) -> bool:
        """Whether an example breaks the promise at a place."""
        try:
            self.promise.keep(*example)
        except Exception as error:
            return _place(error) == place
        return False

    def small(self, example: Example, place: str) -> Example:
        """What is left of an example that breaks the promise at a place when all goes that can: halves of its texts, quarters, and so on."""
        tries = 0
        for number, part in enumerate(example):
            size = len(part) // 2 if isinstance(part, str | bytes) else 0
            while size and tries < TRIES:
                start, length = 0, len(example[number])
                while start < len(example[number]) and tries < TRIES:
                    tries += 1
                    shorter = (*example[:number], example[number][:start] + example[number][start + size :], *example[number + 1 :])
                    if self.breaks(shorter, place):
                        example = shorter
                    else:
                        start += size
                size = size // 2 if size > 1 or len(example[number]) == length else 1  # single ones until all are needed
        return example


def _place(error: Exception) -> str:
    """Where an error was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {where.filename}:{where.lineno}"


def at_random(trial: Trial, examples: int, seed: int) -> None:
    """Run examples made of one seed after the other."""
    while trial.run < examples and trial.spent < trial.seconds:
        if trial.run == WARM:
            gc.freeze()
        number = seed + trial.run
        trial.keep(trial.promise.example(Random(number)), f"seed {number}: ")


def guided(trial: Trial, examples: int, corpus: Path, done: Callable[[], NoReturn]) -> None:
    """Run examples that atheris makes of random ones and of what is in `corpus`, as they reach code that none had reached; `done` ends it all."""
    import atheris

    for number in range(SEEDS):
        example = trial.promise.make[0](Random(number))
        (corpus / f"seed-{number}").write_bytes(example if isinstance(example, bytes) else example.encode("utf-8", "surrogatepass"))
    is_text = isinstance(example, str)

    def test(data: bytes) -> None:
        trial.keep((data.decode("utf-8", "ignore") if is_text else data,))
        if trial.run >= examples or trial.spent >= trial.seconds:
            done()

    atheris.Setup([sys.argv[0], "-max_len=1000", "-len_control=0", "-rss_limit_mb=4000", "-timeout=300", f"-artifact_prefix={corpus}/", str(corpus)], test)
    atheris.Fuzz()


def promises(*, watched: bool) -> dict[str, Any]:
    """The promises; if `watched`, atheris sees what code of ours they reach."""
    if watched:
        import atheris

        with atheris.instrument_imports(include=["summitfix"]):
            for module in pkgutil.walk_packages(importlib.import_module("summitfix").__path__, "summitfix."):
                if not module.name.startswith(("summitfix.scale.", "summitfix.__main__")):
                    importlib.import_module(module.name)
    return importlib.import_module("promises").PROMISES  # type: ignore[no-any-return]


def main() -> None:
    """Run what the command line asks for; exit 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("promises", nargs="*", metavar="PROMISE", help="a name of promises.py; all of them if none is given")
    parser.add_argument("--guided", action="store_true", help="with atheris; just one promise")
    parser.add_argument("--examples", type=int, default=20_000, help="of each promise")
    parser.add_argument("--seconds", type=float, default=600.0, help="of processor time for each promise, at most")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--corpus", type=Path, help="where atheris keeps what led it on")
    told = parser.parse_args()
    known = promises(watched=told.guided)
    broken = False

    def report(name: str, trial: Trial) -> None:
        nonlocal broken
        broken = broken or bool(trial.fallen)
        print(f"{name}: {trial.run:,} examples in {trial.spent:.0f} s from seed {told.seed}; broken at {len(trial.fallen)} places", flush=True)
        print(f"    the slowest took {trial.slowest[0]:.2f} s: {trial.slowest[1]!a}", flush=True)
        for found in trial.fallen.values():
            print(found, flush=True)

    def done() -> NoReturn:
        report(name, trial)
        os._exit(broken)  # atheris would call any other end a find

    for name in told.promises or known:
        trial = Trial(known[name], told.seconds)
        if told.guided:
            guided(trial, told.examples, told.corpus or Path(tempfile.mkdtemp()), done)
        at_random(trial, told.examples, told.seed)
        report(name, trial)
    sys.exit(broken)


if __name__ == "__main__":
    main()
