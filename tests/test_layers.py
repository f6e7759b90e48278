"""The shape of the package: imports point one way, one module prints, one reads users' files and few write them, and clean text pays for nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.start import start_on_clean_file
from conftest import DRIVER

import summitfix

PACKAGE = Path(summitfix.__file__).parent
KNOWLEDGE = {"pieces", "language", "languages", "model", "signs", "words", "rereading", "codecs", "scripts"}

LAYERS = {
    "core": set(),
    "lines": {"core"},
    "toml": {"core"},
    "codecs": set(),
    "pieces": set(),
    "scripts": set(),
    "words": set(),
    "signs": {"scripts"},
    "model": set(),
    "language": {"model", "scripts", "signs", "words"},
    "languages": {"language", "model", "scripts"},
    "rereading": {"core", *KNOWLEDGE},
    "detect": {"core", *KNOWLEDGE},
    "passes": {"core", "toml", *KNOWLEDGE},
    "chain": {"core", "passes"},
    "fields": {"core"},
    "files": {"core", "detect", "lines"},
    "outgoing": {"core", "files", "lines"},
    "interrupts": set(),
    "beside": {"core", "interrupts"},
    "writing": {"beside", "core", "files", "interrupts"},
    "recovery": {"beside", "core", "files", "writing"},
    "globs": set(),
    "walk": {"beside", "core", "files", "globs"},
    "options": set(),
    "config": {"core", "files", "globs", "toml"},
    "inputs": {"beside", "config", "core", "files", "globs", "options", "recovery", "terminal", "walk", "writing"},
    "ignoring": {"core", "lines"},
    "modes": {"core", "options"},
    "finding": {"__init__", "core", "fields", "files", "ignoring", "lines", "passes"},
    "jobs": {"files", "finding", "inputs", "interrupts"},
    "baseline": {"core", "files"},
    "progress": set(),
    "terminal": set(),
    "report": {"core", "files", "lines", "terminal"},
    "patch": set(),
    "diff": {"core", "files", "lines", "report", "terminal"},
    "places": {"core", "detect", "files", "lines", "outgoing", "report", "terminal"},
    "records": {"core", "files", "places", "report", "sarif"},
    "sarif": {"__init__", "core", "files", "places", "rules"},
    "retelling": {"codecs", "rereading"},
    "rules": {"chain", "core", "passes", "rereading", "retelling", "terminal"},
    "explain": {"core", "files", "lines", "passes", "places", "report", "rereading", "retelling", "rules", "terminal"},
    "webpage": {"core", "files", "lines", "report", "terminal"},
    "__init__": {"core", "chain", "detect", "ignoring", "languages"},
    "review": {"core", "diff", "files", "lines", "report"},
    "scale": {"__init__", "core"},
    "cli": {
        "__init__",
        "baseline",
        "beside",
        "config",
        "core",
        "diff",
        "explain",
        "files",
        "finding",
        "inputs",
        "interrupts",
        "jobs",
        "modes",
        "options",
        "outgoing",
        "patch",
        "progress",
        "records",
        "recovery",
        "report",
        "review",
        "rules",
        "terminal",
        "webpage",
        "writing",
    },
    "__main__": {"cli"},
    "data": {"core", *KNOWLEDGE},
}
"""What each module or subpackage may import of the package."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The module or subpackage at the top that a file belongs to."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(path: Path) -> Iterator[str]:
    """The parts of the package that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "summitfix" else [node.module or ""]
        else:
            continue
        for name in names:
            first, _, rest = name.partition(".")
            top = rest.partition(".")[0]
            if first == "summitfix":
                yield top if top and ((PACKAGE / f"{top}.py").exists() or (PACKAGE / top / "__init__.py").exists()) else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    assert set(imported(path)) - {part(path)} <= LAYERS[part(path)]


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) == "passes"], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_pass_knows_another(path: Path) -> None:
    inside = path.relative_to(PACKAGE / "passes").with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("summitfix.passes"):
            assert (node.module or "").split(".")[2:3] == [inside[0]]


def calls(path: Path) -> Iterator[str]:
    """The names of what a file calls; `PATH.open` for `open(PATH)`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield f"PATH.{name}" if node.args and ast.unparse(node.args[0]) == "PATH" else name


def test_only_the_command_prints_or_exits() -> None:
    guilty = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for call in calls(path)
        if call in ("print", "exit", "sys.exit", "os._exit", "click.echo", "sys.stdout.write", "sys.stderr.write", "os.kill")
    }
    assert {name for name in guilty if not name.startswith("data/build")} == {"cli/__init__.py", "cli/streams.py"}


OPENING = ("open", "read_bytes", "read_text", "write_bytes", "write_text")


def test_few_modules_open_what_users_name() -> None:
    """Packed tables stand beside the code: a module that reads one says so by `PATH`, a constant, or by `__file__`."""
    opening = [
        (str(path.relative_to(PACKAGE)), call)
        for path in MODULES
        for call in calls(path)
        if call.rpartition(".")[2] in OPENING and not call.startswith(("PATH.", "Path(PATH).")) and "__file__" not in call
    ]
    assert {name for name, _ in opening if not name.startswith("data/build")} == {"files.py", "beside.py", "writing.py", "recovery.py", "cli/__init__.py"}
    assert [call for name, call in opening if name == "cli/__init__.py"] == ["os.open"]
    assert "os.open(os.devnull, os.O_WRONLY)" in (PACKAGE / "cli" / "__init__.py").read_text(encoding="utf-8")


def test_core_needs_the_standard_library_alone() -> None:
    tree = ast.parse((PACKAGE / "core.py").read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names | {"__future__"}


def test_only_the_view_and_the_progress_import_rich() -> None:
    def mentions(path: Path) -> bool:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        return any(
            (isinstance(node, ast.Import) and any(alias.name.startswith("rich") for alias in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "rich")
            for node in nodes
        )

    assert [path.name for path in MODULES if mentions(path)] == ["diff.py", "progress.py"]


HEAVY = ("rich", "ftfy", "charset_normalizer", "click", "summitfix.language", "summitfix.words", "summitfix.rereading", "tomllib", "dataclasses", "inspect")

LOADED = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.argv[0] = "summitfix"
from summitfix.cli import run
sys.exit(run())
"""
"""What the console script does, and then the names of all modules that were imported for it."""


@pytest.mark.parametrize("arguments", [[], ["--check"], ["-w"], ["--diff"]], ids=lambda arguments: " ".join(arguments) or "view")
def test_a_clean_file_pays_for_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("All is well in this small file.\nIt has two lines.\n")
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments, str(clean)], capture_output=True, check=True)
    assert done.stdout == b""
    loaded = json.loads(done.stderr)
    assert "summitfix.files" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_damage_is_what_loads_the_view(tmp_path: Path) -> None:
    """Else the test above would hold for a command that does nothing."""
    damaged = tmp_path / "damaged.txt"
    damaged.write_text("He said donn?t.\n")
    done = subprocess.run([*DRIVER[:1], "-X", "importtime", *DRIVER[1:], str(damaged)], capture_output=True, check=False)
    assert done.returncode == 1 and b"rich.text" in done.stderr


def test_a_clean_small_file_costs_little_more_than_python_itself() -> None:
    """Median of 20 in one run; the better of two runs, for a machine may be busy with something else for a while."""
    ratios = []
    for _ in range(2):
        medians = start_on_clean_file()
        ratios.append(medians["summitfix clean.txt"] / medians["python -c pass"])
        if ratios[-1] <= 4.5:
            return
    raise AssertionError(f"{ratios} times bare Python")
