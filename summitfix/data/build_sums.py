"""The SHA-256 of every data file, in SHA256SUMS; no wheel and no source archive is built where they differ.

A table that was cut short, merged or sent through a converter of line ends still looks like one, and would repair text wrongly for all who install it.
Whoever changes a data file on purpose says so: `make sums` writes the list anew, and the new sums stand beside the change where it is reviewed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LIST = "SHA256SUMS"
"""In the form of sha256sum, so that `sha256sum -c SHA256SUMS` checks it too."""

NO_DATA = {".py", ".pyc", ".md"}
"""What else stands in the folder: code and prose."""


def sums(folder: Path = FOLDER) -> dict[str, str]:
    """The SHA-256 of each data file in `folder` and below it, by its name from there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in NO_DATA and path.name != LIST)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differences(folder: Path = FOLDER) -> list[str]:
    """What is not as the list in `folder` has it, a line for each file: other bytes, missing, not listed."""
    pairs = [line.split("  ", 1) for line in (folder / LIST).read_text(encoding="utf-8").splitlines()]
    listed, found = {name: digest for digest, name in pairs}, sums(folder)
    wrong = sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))
    return [f"summitfix/data/{name} " + ("is missing" if name not in found else "has other bytes" if name in listed else "is not listed") for name in wrong]


def get_build_hook() -> type[Any]:
    """What hatchling calls before it builds. An editable install is let through: there, tables are being changed."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class Sums(BuildHookInterface):  # type: ignore[type-arg]
        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if version != "editable" and (wrong := differences()):
                self.app.abort("\n".join([f"Not as {LIST} has it:", *wrong, "Restore what is damaged; after a change on purpose, run make sums."]))

    return Sums


if __name__ == "__main__":
    (FOLDER / LIST).write_text("".join(f"{digest}  {name}\n" for name, digest in sums().items()), encoding="utf-8")
