"""The hooks, as pre-commit really runs them: cloned, installed into an environment of their own, called on staged files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
SHIPPED = ("summitfix", "pyproject.toml", "README.md", "LICENSE", MANIFEST.name)

DAMAGED = "It doesnâ€™t matter what the others said about the weather in the cafÃ© yesterday.\n"
REPAIRED = "It doesn’t matter what the others said about the weather in the café yesterday.\n"
CLEAN = "Niemand weiß, ob der Zug fährt — außer dem Schaffner.\n"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path) -> str:
    """Make a folder a repository; its revision."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "all")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This project as a repository of hooks, and its revision."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder, committed(folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments it makes."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a damaged file, a clean one and a binary one."""
    (tmp_path / "damaged.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))
    return tmp_path


def pre_commit(project: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))} | {"PRE_COMMIT_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments], cwd=project, capture_output=True, text=True, env=environment, check=False, timeout=300
    )


def configured(project: Path, hooks: tuple[Path, str], hook: str) -> None:
    folder, revision = hooks
    (project / ".pre-commit-config.yaml").write_text(f"repos:\n- repo: {folder}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n")
    committed(project)


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    done = pre_commit(tmp_path, tmp_path, "validate-manifest", str(MANIFEST))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_hook_repairs_and_is_content_the_second_time(hooks: tuple[Path, str], home: Path, project: Path) -> None:
    configured(project, hooks, "summitfix")
    first = pre_commit(project, home, "run", "--all-files")
    assert first.returncode == 1 and "files were modified by this hook" in first.stdout, first.stdout + first.stderr
    assert 'damaged.txt:1:9: mojibake "â€™" -> "’"' in first.stdout
    assert (project / "damaged.txt").read_text(encoding="utf-8") == REPAIRED
    assert (project / "clean.txt").read_text(encoding="utf-8") == CLEAN
    second = pre_commit(project, home, "run", "--all-files")
    assert second.returncode == 0 and "Passed" in second.stdout


def test_the_checking_hook_reports_and_writes_nothing(hooks: tuple[Path, str], home: Path, project: Path) -> None:
    configured(project, hooks, "summitfix-check")
    done = pre_commit(project, home, "run", "--all-files")
    assert done.returncode == 1 and "damaged.txt: 2 mojibake" in done.stdout and "clean.txt" not in done.stdout
    assert (project / "damaged.txt").read_text(encoding="utf-8") == DAMAGED


def test_the_hook_leaves_what_the_configuration_excludes(hooks: tuple[Path, str], home: Path, project: Path) -> None:
    """pre-commit names each file, so only --force-exclude keeps them out."""
    (project / "pyproject.toml").write_text('[tool.summitfix]\nexclude = ["damaged.*"]\n')
    configured(project, hooks, "summitfix")
    assert pre_commit(project, home, "run", "--all-files").returncode == 0
    assert (project / "damaged.txt").read_text(encoding="utf-8") == DAMAGED


def test_a_damaged_commit_is_stopped(hooks: tuple[Path, str], home: Path, project: Path) -> None:
    """As an author meets it: the hook is installed, and git commit runs it."""
    (project / "damaged.txt").unlink()
    configured(project, hooks, "summitfix")
    assert pre_commit(project, home, "install").returncode == 0
    (project / "damaged.txt").write_text(DAMAGED, encoding="utf-8")
    git(project, "add", "damaged.txt")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    commit = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--message", "an article"]
    assert subprocess.run(commit, cwd=project, capture_output=True, env=environment, check=False).returncode == 1
    git(project, "add", "damaged.txt")
    assert subprocess.run(commit, cwd=project, capture_output=True, env=environment, check=False).returncode == 0
    assert git(project, "show", "HEAD:damaged.txt") == REPAIRED.strip()
