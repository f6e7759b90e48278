"""Print the table: `make bench` with sizes that take minutes, `make bench FULL=--full` with those that are wanted."""

from __future__ import annotations

import sys
import time
from importlib.metadata import PackageNotFoundError, version

from bench import files, pipe, start, text
from bench.measure import program, said


def versions() -> str:
    """What is compared with what."""
    found = [f"Python {sys.version.split()[0]}"]
    for name in ("summitfix", "ftfy", "plsfix", "codespell", "typos", "ruff"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(said([path, "--version"]) if (path := program(name)) else f"{name} is not installed")
    return ", ".join([*found, said(["cat", "--version"])])


def main() -> None:
    """Print the table, row by row."""
    full, begin = "--full" in sys.argv[1:], time.perf_counter()
    print(versions() + "\n")
    print(f"{'':6}{'what':<52}{'wanted':<34}{'summitfix':<52}peers")
    for part in (start, pipe, files, text):  # what loads much of the library comes last: a child begins with the memory of its parent
        for row in part.rows(full):
            mark = {True: "ok", False: "missed", None: ""}[row.met]
            print(f"{mark:<7}{row.name:<52}{row.target:<34}{row.ours:<52}{row.peers}", flush=True)
    print(f"\n{time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
