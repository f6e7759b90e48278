"""Keep every promise under as many examples as one likes: `make fuzz`, or

    python tests/fuzz.py [--guided] [--examples N] [--seconds S] [--seed N] [PROMISE ...]

Says of each promise how many examples were run, how long that took, and what broke it. Examples are other ones with each seed. With `--guided` atheris
leads them to code that none has reached before (`pip install --group fuzz`), and keeps those that did in the folder `--corpus`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SEEDS = 300
"""How many examples of hypothesis atheris begins with."""

ROUND = 500
"""So many examples under one seed, then the next seed: a failure ends a round, and no more."""


class Trial:
    """A promise on trial: how many examples were run, and the first of those that broke it at each place, with the traceback."""

    def __init__(self, promise: Any, seconds: float) -> None:
        self.promise, self.run, self.begin, self.seconds = promise, 0, sum(os.times()[:4]), seconds
        self.fallen = dict[str, str]()

    @property
    def spent(self) -> float:
        """Seconds of processor time so far, those of the commands that it ran included."""
        return sum(os.times()[:4]) - self.begin

    def round(self, size: int, number: int) -> None:
        """Run that many examples, those of the seed of that number."""
        last: tuple[Any, ...] = ()

        def keep(example: tuple[Any, ...]) -> None:
            nonlocal last
            self.run += 1
            last = example
            self.promise.keep(*example)

        settled = settings(max_examples=size, database=None, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.generate, Phase.shrink])
        try:
            seed(number)(settled(given(st.tuples(*self.promise.examples))(keep)))()
        except Exception as error:
            self.fell(error, *last)

    def made(self, size: int) -> list[Any]:
        """The first parts of that many examples."""
        found = []

        @settings(max_examples=size, database=None, deadline=None, suppress_health_check=[*HealthCheck])
        @given(self.promise.examples[0])
        def make(example: Any) -> None:
            found.append(example)

        make()
        return found

    def fell(self, error: Exception, *example: Any) -> None:
        """Keep what broke the promise, unless something else did so at the same place."""
        where = traceback.extract_tb(error.__traceback__)[-1]
        self.fallen.setdefault(f"{type(error).__name__} at {where.filename}:{where.lineno}", f"{example!a}\n{''.join(traceback.format_exception(error))}")


def at_random(trial: Trial, examples: int, number: int) -> None:
    """Run examples that hypothesis makes up."""
    while trial.run < examples and trial.spent < trial.seconds:
        trial.round(min(ROUND, examples - trial.run), number)
        number += 1


def guided(trial: Trial, examples: int, corpus: Path, done: Callable[[], NoReturn]) -> None:
    """Run examples that atheris makes of those of hypothesis and of what is in `corpus`, as they reach code that none had reached; `done` ends it all."""
    import atheris

    for number, example in enumerate(trial.made(SEEDS)):
        (corpus / f"seed-{number}").write_bytes(example if isinstance(example, bytes) else example.encode("utf-8", "surrogatepass"))
    is_text = isinstance(example, str)

    def test(data: bytes) -> None:
        trial.run += 1
        example = data.decode("utf-8", "ignore") if is_text else data
        try:
            trial.promise.keep(example)
        except Exception as error:
            trial.fell(error, example)
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
