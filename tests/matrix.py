"""The wheel and the source archive, installed on every CPython there is here, with the oldest and the newest dependencies; `make matrix` runs it.

    python tests/matrix.py [--whole] [PYTHON ...]

Both are built with the oldest and the newest hatchling that is allowed, twice each, and what is in them is looked at. Then, for each interpreter and each end
of the range that pyproject.toml allows, in a virtual environment of its own: the wheel is installed and `pip check` asked, the article of the README repaired,
some of the tests run (all with --whole), and the source archive installed over it and the article repaired once more. Without names, the interpreters are those
of PATH and of the places where pyenv, uv and distributions put theirs. Exit code 1 if anything failed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from summitfix.toml import parse

ROOT = Path(__file__).parent.parent
PLACES = ("/usr/bin", "/usr/local/bin", "/opt/python/*/bin", "~/.pyenv/versions/*/bin", "~/.local/share/uv/python/*/bin", "~/.local/bin")
ENDS = ("oldest", "newest")

TESTING = ("pytest", "hypothesis", "jsonschema", "rfc3986-validator", "hatchling", "packaging")
"""What of the group `dev` the tests below need; --whole takes all that is no checker."""

CHECKERS = ("mypy", "ruff")

QUICK = ("test_core", "test_codecs", "test_config", "test_files", "test_packaging", "test_records", "test_view")
"""Tests of each layer that take half a minute together."""


class Project(NamedTuple):
    """What pyproject.toml asks for."""

    python: SpecifierSet
    builder: tuple[str, ...]
    runtime: tuple[str, ...]
    dev: tuple[str, ...]


def project(root: Path = ROOT) -> Project:
    """The requirements in the pyproject.toml of a tree."""
    table = parse((root / "pyproject.toml").read_text(encoding="utf-8"), "pyproject.toml")
    about = table["project"]
    needed = (table["build-system"]["requires"], about["dependencies"], table["dependency-groups"]["dev"])
    return Project(SpecifierSet(about["requires-python"]), *map(tuple, needed))


def floors(requirements: Iterable[str]) -> list[str]:
    """For each requirement the oldest version that it allows, as a constraint. Raises ValueError where it names none.

    >>> floors(["click>=8.1", "tomli>=2.0; python_version < '3.11'"])
    ['click==8.1', 'tomli==2.0; python_version < "3.11"']
    """
    constraints = []
    for requirement in map(Requirement, requirements):
        least = [part.version for part in requirement.specifier if part.operator == ">="]
        if not least:
            raise ValueError(f"{requirement} has no lower bound")
        constraints.append(f"{requirement.name}=={least[0]}" + (f"; {requirement.marker}" if requirement.marker else ""))
    return constraints


ASK = """
import os, platform, sys
print(platform.python_implementation(), platform.python_version(), sys.prefix == sys.base_prefix, os.path.realpath(sys.executable))
"""


def interpreters(allowed: SpecifierSet) -> dict[str, str]:
    """The path of each CPython here that is allowed, and its version; virtual environments are none."""
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *(str(Path(place).expanduser()) for place in PLACES)]
    found = dict[str, str]()
    for folder in folders:
        start = Path(folder).anchor or "."
        for path in sorted(Path(start).glob(f"{Path(folder).relative_to(start)}/python3.*") if folder else ()):
            if re.fullmatch(r"python3\.\d+t?", path.name) and os.access(path, os.X_OK):
                name, *about = subprocess.run([path, "-c", ASK], capture_output=True, text=True, check=False).stdout.split(maxsplit=3) or [""]
                if name == "CPython" and about[1] == "True" and allowed.contains(about[0], prereleases=True):
                    found[about[2].strip()] = about[0]
    return dict(sorted(found.items(), key=lambda pair: [int(number) for number in re.findall(r"\d+", pair[1])]))


def call(*command: str | Path, folder: Path = ROOT, given: bytes | None = None, **environment: str) -> bytes:
    """What a command prints. Raises CalledProcessError, with what it said, if it fails."""
    settings = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "PIP_CONSTRAINT")}
    merged = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT if given is None else subprocess.PIPE}
    return subprocess.run(command, cwd=folder, input=given, env={**settings, **environment}, check=True, **merged).stdout  # type: ignore[call-overload,no-any-return]


def venv(python: str | Path, folder: Path, *packages: str, constraints: Iterable[str] = ()) -> Path:
    """The interpreter of a new virtual environment with these packages, installed by the pip that comes with it."""
    call(python, "-m", "venv", folder)
    inside = folder / "bin" / "python"
    if packages:
        pip(inside, "install", *packages, constraints=constraints)
    return inside


def pip(python: Path, *arguments: str, constraints: Iterable[str] = ()) -> None:
    """Run the pip of an environment; what it builds in keeps to the constraints too, by the one name of that option or the other."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(constraints) + "\n")
        file.flush()
        limits = {"PIP_CONSTRAINT": file.name, "PIP_BUILD_CONSTRAINT": file.name}
        call(python, "-m", "pip", "--disable-pip-version-check", *arguments, **limits)


def build(python: str | Path, tree: Path, into: Path, *targets: str) -> list[Path]:
    """Build wheel and sdist, or what is named, of a tree."""
    for target in targets or ("wheel", "sdist"):
        call(python, "-m", "hatchling", "build", "--target", target, "--directory", into, folder=tree, SOURCE_DATE_EPOCH="1750000000")
    return sorted(into.iterdir())


def unpacked(archive: Path, into: Path) -> Path:
    """The folder with what is in a wheel or in a source archive."""
    shutil.unpack_archive(archive, into, "zip" if archive.suffix == ".whl" else "gztar")
    return into if archive.suffix == ".whl" else next(into.iterdir())


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder, but for compiled ones."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def checked(python: str | Path, tree: Path, into: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of a tree, built twice and looked at. Raises AssertionError for what is wrong with them."""
    source, wheel = sorted(build(python, tree, into / "first"), key=lambda path: path.suffix)
    again = {path.name: path.read_bytes() for path in build(python, tree, into / "second")}
    assert again == {path.name: path.read_bytes() for path in (source, wheel)}, "two builds of one tree differ"
    of_source = unpacked(source, into / "source")
    (rebuilt,) = build(python, of_source, into / "third", "wheel")
    assert rebuilt.read_bytes() == wheel.read_bytes(), "the source archive builds another wheel than the tree"

    package = {f"summitfix/{name}": data for name, data in files(tree / "summitfix").items()}
    inside = files(unpacked(wheel, into / "wheel"))
    about = {name.partition("/")[2]: data for name, data in inside.items() if ".dist-info/" in name}
    assert {name: data for name, data in inside.items() if ".dist-info/" not in name} == package, "the wheel is not the package and nothing else"
    assert {"summitfix/py.typed", "summitfix/data/model.bin", "summitfix/data/SHA256SUMS", "summitfix/data/SOURCES.md"} <= package.keys()
    assert about["licenses/LICENSE"] == (tree / "LICENSE").read_bytes()
    assert about["licenses/summitfix/data/words.LICENSE.txt"] == package["summitfix/data/words.LICENSE.txt"]
    assert b"summitfix = summitfix.cli:run" in about["entry_points.txt"]
    shipped = files(of_source)
    assert package.items() <= shipped.items(), "the source archive lacks some of the package"
    assert {f"tests/{name}": data for name, data in files(tree / "tests").items()}.items() <= shipped.items()
    assert {"Makefile", "README.md", "LICENSE", "pyproject.toml", ".pre-commit-hooks.yaml", "samples/article.damaged.txt"} <= shipped.keys()
    return wheel, source


def job(python: Path, folder: Path) -> None:
    """The main job of the README with what is installed: the article becomes byte for byte what it should be, in a pipe and in place."""
    command, article, right = (python.parent / "summitfix", ROOT / "samples/article.damaged.txt", (ROOT / "samples/article.expected.txt").read_bytes())
    assert call(command, folder=folder, given=article.read_bytes()) == right
    shutil.copy(article, folder / "article.txt")
    call(command, "--write", "article.txt", folder=folder)
    assert (folder / "article.txt").read_bytes() == right
    call(command, "--check", "article.txt", folder=folder)
    told = "import summitfix; print(ascii(summitfix.fix('It doesn\u00e2\u20ac\u2122t matter.')), summitfix.__file__)"
    fixed = call(python, "-c", told, folder=folder).decode()
    assert fixed.startswith("'It doesn\\u2019t matter.' ") and "site-packages" in fixed, fixed


def tried(python: str, end: str, wheel: Path, source: Path, into: Path, *, whole: bool) -> str:
    """Install and try it all on one interpreter at one end of the range; what the tests say last. Raises what fails."""
    asked = project()
    testing = [name for name in asked.dev if (Requirement(name).name not in CHECKERS if whole else Requirement(name).name in TESTING)]
    constraints = floors([*asked.builder, *asked.runtime, *testing]) if end == "oldest" else []
    inside = venv(python, into / "venv", str(wheel), constraints=constraints)
    call(inside, "-m", "pip", "--disable-pip-version-check", "check")
    job(inside, into)
    pip(inside, "install", *testing, constraints=constraints)
    tests = [] if whole else [f"tests/{name}.py" for name in QUICK]
    said = call(inside, "-m", "pytest", "-p", "no:cacheprovider", *tests, folder=unpacked(source, into / "source"), CI="true")
    pip(inside, "install", "--force-reinstall", "--no-deps", str(source), constraints=constraints)
    call(inside, "-m", "pip", "--disable-pip-version-check", "check")
    job(inside, into)
    return said.decode().splitlines()[-1]


def rows(pythons: dict[str, str], *, whole: bool) -> Iterator[tuple[str, bool]]:
    """A line for each thing that was tried, and whether it went well."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as name:
        folder = Path(name)
        for end in ENDS:
            builder = venv(sys.executable, folder / f"builder-{end}", *project().builder, constraints=floors(project().builder) if end == "oldest" else [])
            wheel, source = checked(builder, ROOT, folder / f"built-{end}")
            yield f"built with the {end} hatchling: {wheel.name} {wheel.stat().st_size:,} bytes, {source.name} {source.stat().st_size:,} bytes", True
        for python, version in pythons.items():
            for end in ENDS:
                begin = time.perf_counter()
                (into := folder / f"{version}-{end}").mkdir()
                try:
                    said, good = tried(python, end, wheel, source, into, whole=whole), True
                except (subprocess.CalledProcessError, AssertionError) as error:
                    said, good = f"{error}\n{(getattr(error, 'stdout', None) or b'').decode(errors='replace')[-4000:]}", False
                yield f"CPython {version:8} {end}  {'good' if good else 'BAD '}  {time.perf_counter() - begin:4.0f} s  {said}  ({python})", good
                shutil.rmtree(into)


def main() -> int:
    """Try what the command line names; 1 if anything failed."""
    named = [name for name in sys.argv[1:] if name != "--whole"]
    pythons = {name: call(name, "-c", "import platform; print(platform.python_version())").decode().strip() for name in named} or interpreters(project().python)
    failed = 0
    for line, good in rows(pythons, whole="--whole" in sys.argv):
        print(line, flush=True)
        failed += not good
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
