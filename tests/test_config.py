"""The configuration: which file holds for which, what it says, and what is wrong with it and where."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import BinaryIO

import pytest
from conftest import Run

from summitfix import config, files
from summitfix.config import KEYS, Config, Configs, load
from summitfix.core import SummitfixError
from summitfix.toml import parse

PASSES = ("mojibake", "spam", "glyphs")
DAMAGED = "â€œPerhaps,â€œ she said, BUY NOW and donn?t wait.\n"


def written(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[tool.summitfix]\nselct = ["spam"]\n', 2, 'unknown key "selct" in [tool.summitfix]; did you mean "select"?'),
        ('[tool.summitfix]\n\n# select comes here\nselect = ["spm"]\n', 4, 'no pass is called "spm"; did you mean "spam"?'),
        ('[tool.other]\nselect = 1\n[tool.summitfix]\nselect = "spam"\n', 4, '"select" is to be a list of strings'),
        ("[tool.summitfix]\nboilerplate = 1\n", 2, '"boilerplate" is to be true or false'),
        ("[tool.summitfix]\nmax-walk-size = true\n", 2, '"max-walk-size" is to be a number of bytes'),
        ('[tool.summitfix]\nencoding = "latin-99"\n', 2, "no text codec is called 'latin-99'"),
        ('[tool.summitfix]\nlanguage = ""\n', 2, '"language" is to be a string'),
        ("[tool.summitfix]\nkeep = [1]\n", 2, '"keep" is to be a list of strings'),
        ('[tool.summitfix]\nper-file-ignores = ["a"]\n', 2, '"per-file-ignores" is to be a table of patterns, each with a list of passes'),
        ('[tool.summitfix.per-file-ignores]\n"docs/*" = "spam"\n', 2, '"per-file-ignores" is to have a list of passes for each pattern'),
        ('[tool.summitfix]\nselect = []\n[tool.summitfix.per-file-ignores]\n"a" = ["glyphs"]\n"b" = ["glyph"]\n', 5, 'did you mean "glyphs"?'),
        ("[tool]\nsummitfix = 3\n", 2, "tool.summitfix is to be a table"),
        ('[tool.summitfix]\nkeep = ["a"\nselect = 3\n', 3, ""),
        ("[tool.summitfix]\nkeep = [\n", 3, ""),
    ],
)
def test_errors_name_the_file_and_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path / "pyproject.toml", text)
    with pytest.raises(SummitfixError) as failed:
        load(path, PASSES)
    assert str(failed.value).startswith(f"pyproject.toml:{line}: ") and said in str(failed.value)


def test_what_is_not_utf_8_is_an_error_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / ".summitfix.toml"
    path.write_bytes(b'select = ["spam"]\nkeep = ["caf\xe9"]\n')
    with pytest.raises(SummitfixError, match=r"\.summitfix\.toml:2: not UTF-8"):
        load(str(path), PASSES)


def test_every_key_is_read(tmp_path: Path) -> None:
    text = (
        'select = ["spam", "glyphs"]\nignore = ["spam"]\nexclude = ["*.po"]\nencoding = "cp1252"\nlanguage = "fr"\nboilerplate = true\n'
        'spam-file = "mine.toml"\nkeep = ["â€œ"]\nmax-walk-size = 5\n[per-file-ignores]\n"a/**" = ["mojibake"]\n'
    )
    path = written(tmp_path / ".summitfix.toml", text)
    ours = Config(("spam", "glyphs"), ("spam",), ("*.po",), "cp1252", "fr", True, "mine.toml", ("â€œ",), (("a/**", ("mojibake",)),), 5, path, str(tmp_path))
    assert load(path, PASSES) == ours
    assert parse(config.toml(ours), "shown").keys() == set(KEYS)


def test_what_is_shown_is_what_was_read(tmp_path: Path) -> None:
    found = load(written(tmp_path / ".summitfix.toml", 'keep = ["\\"\\u0007\\u007f", "é"]\n[per-file-ignores]\n"a b" = []\n'), PASSES)
    assert found is not None
    again = load(written(tmp_path / "again.toml", config.toml(found)), PASSES)
    assert again is not None and again._replace(path=found.path) == found


def test_a_pyproject_of_others_is_no_configuration(tmp_path: Path) -> None:
    assert load(written(tmp_path / "pyproject.toml", '[project]\nname = "summitfix-user"\n'), PASSES) is None
    assert load(written(tmp_path / "pyproject.toml", "[project]\nthis is no TOML\n"), PASSES) is None  # nor any business of ours


def test_a_pyproject_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, opened, names = written(tmp_path / "pyproject.toml", '[tool.summitfix]\nselect = ["spam"]\n'), files.opened, list[str | None]()

    def counted(path: str | None) -> BinaryIO:
        names.append(path)
        return opened(path)

    monkeypatch.setattr(files, "opened", counted)
    found = load(path, PASSES)
    assert found and found.select == ("spam",)
    assert len(names) == 1


def test_the_nearest_one_up_from_the_file_holds_and_the_root_ends_the_search(tmp_path: Path) -> None:
    written(tmp_path / ".summitfix.toml", 'keep = ["outside"]\n')
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    inside = tmp_path / "repo" / "docs" / "deep"
    inside.mkdir(parents=True)
    assert Configs(PASSES).of(str(inside / "a.txt")) == Config()
    written(tmp_path / "repo" / "pyproject.toml", '[tool.summitfix]\nkeep = ["root"]\n')
    assert Configs(PASSES).of(str(inside / "a.txt")).keep == ("root",)
    written(tmp_path / "repo" / "docs" / "pyproject.toml", '[project]\nname = "other"\n')
    written(tmp_path / "repo" / "docs" / ".summitfix.toml", 'ignore = ["spam"]\n')
    found = Configs(PASSES).of(str(inside / "a.txt"))
    assert (found.keep, found.ignore, found.folder) == ((), ("spam",), str(tmp_path / "repo" / "docs"))
    assert Configs(PASSES).of(str(tmp_path / "b.txt")).keep == ("outside",)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with a damaged file in each of three folders, one of them of its own configuration."""
    (tmp_path / ".git").mkdir()
    for name in "a.txt", "docs/b.txt", "old/c.txt":
        written(tmp_path / name, DAMAGED)
    written(tmp_path / "pyproject.toml", '[tool.summitfix]\nignore = ["spam"]\nper-file-ignores = { "docs/**" = ["glyphs"] }\n')
    written(tmp_path / "old" / ".summitfix.toml", 'select = ["glyphs"]\n')
    return tmp_path


def test_each_file_is_repaired_as_its_configuration_says(run: Run, tree: Path) -> None:
    done = run("--check", ".")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == ["a.txt: 2 mojibake, 1 glyphs", "docs/b.txt: 2 mojibake", "old/c.txt: 1 glyphs"]


def test_the_command_line_has_the_last_word(run: Run, tree: Path) -> None:
    assert run("--check", "--select", "spam", "--ignore", "glyphs", "a.txt").stdout == b"a.txt: 1 spam\n"
    everything = run("--check", "--isolated", ".").stdout.decode().splitlines()
    assert everything == [f"{name}: 2 mojibake, 1 glyphs, 1 spam" for name in ("a.txt", "docs/b.txt", "old/c.txt")]


def test_a_configuration_can_be_named(run: Run, tree: Path) -> None:
    written(tree / "mine.toml", 'select = ["spam"]\n')
    assert run("--check", "--config", "mine.toml", "docs", "old").stdout == b"docs/b.txt: 1 spam\nold/c.txt: 1 spam\n"
    done = run("--check", "--config", "none.toml", ".")
    assert (done.returncode, done.stderr) == (2, b"summitfix: none.toml: No such file or directory\n")
    written(tree / "docs" / "pyproject.toml", "[project]\n")
    assert b"there is no [tool.summitfix] in it" in run("--config", "docs/pyproject.toml", "a.txt").stderr


def test_a_wrong_configuration_stops_everything_before_it_is_too_late(run: Run, tree: Path) -> None:
    written(tree / "pyproject.toml", "[tool.summitfix]\nkeeep = []\n")
    before = (tree / "a.txt").read_bytes()
    done = run("-w", ".")
    assert (done.returncode, done.stdout, (tree / "a.txt").read_bytes()) == (2, b"", before)
    assert done.stderr.decode() == 'summitfix: pyproject.toml:2: unknown key "keeep" in [tool.summitfix]; did you mean "keep"?\n'


def test_standard_input_has_the_configuration_of_its_name(run: Run, tree: Path) -> None:
    given = DAMAGED.encode()
    assert run("--stdin-filename", "old/new.txt", given=given).stdout.decode() == DAMAGED.replace("n?t", "n’t")
    assert "BUY NOW" in run(given=given).stdout.decode()
    assert "BUY NOW" not in run("--isolated", given=given).stdout.decode()


def test_the_configuration_of_each_file_can_be_shown(run: Run, tree: Path) -> None:
    done = run("--show-config", "--language", "en", ".")
    assert done.returncode == 0
    parts = done.stdout.decode().split("\n\n")
    assert parts[0].startswith(f"# 3 files\n# from {tree}/pyproject.toml\n") and 'ignore = ["spam"]' in parts[0]  # the configuration itself is one of them
    assert parts[1].startswith(f"# 2 files\n# from {tree}/old/.summitfix.toml\n") and 'language = "en"' in parts[1]


def test_kept_strings_are_never_touched(run: Run, tree: Path) -> None:
    written(tree / "pyproject.toml", '[tool.summitfix]\nkeep = ["Perhaps,â€œ", "donn?t", ""]\n')
    done = run("-o", "-", "a.txt")
    assert done.stdout.decode() == "“Perhaps,â€œ she said, and donn?t wait.\n"


def test_the_codec_of_a_tree_can_be_configured(run: Run, tmp_path: Path) -> None:
    written(tmp_path / ".summitfix.toml", 'encoding = "cp1251"\n')
    (tmp_path / "a.txt").write_bytes("да".encode("cp1251"))
    assert run("-o", "-", "a.txt").stdout.decode() == "да"
    assert run("--encoding", "latin-1", "-o", "-", "a.txt").stdout.decode() == "äà"


def test_a_commit_of_somebody_with_a_different_home_gives_the_same(run: Run, tree: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    written(home / ".summitfix.toml", 'select = ["spam"]\n')
    written(home / ".config" / "summitfix.toml", 'select = ["spam"]\n')
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    assert run("--check", "a.txt", environment=environment).stdout == run("--check", "a.txt").stdout


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout


PATHS = ("a.txt", "build/b.txt", "src/c.log", "src/d.txt", "src/keep.log", "src/deep/e.txt", "src/deep/f.tmp", "weiß.txt", "local.txt")


def test_the_files_are_those_that_git_does_not_ignore(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in PATHS:
        written(tmp_path / name, "x\n")
    written(tmp_path / ".gitignore", "/build/\n*.log\nwei*\n")
    written(tmp_path / "src" / ".gitignore", "!keep.log\n*.tmp\n")
    written(tmp_path / "src" / "deep" / ".gitignore", "!f.tmp\ne.*\n")
    written(tmp_path / ".git" / "info" / "exclude", "local.txt\n")
    theirs = sorted(git(tmp_path, "-c", "core.quotepath=off", "ls-files", "--others", "--exclude-standard").splitlines())
    assert sorted(run("--show-files", ".").stdout.decode().splitlines()) == theirs
    assert sorted(run("--show-files", "src").stdout.decode().splitlines()) == [name for name in theirs if name.startswith("src/")]
    everything = run("--show-files", "--no-respect-gitignore", ".").stdout.decode().splitlines()
    assert set(PATHS) < set(everything) and not any(name.startswith(".git/") for name in everything)


def test_an_ignored_folder_that_is_named_is_looked_at(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    written(tmp_path / ".gitignore", "build\n")
    written(tmp_path / "build" / "a.txt", "x\n")
    assert run("--show-files", "build").stdout == b"build/a.txt\n"
    assert run("--show-files", ".").stdout == b".gitignore\n"


def test_files_can_be_left_out(run: Run, tree: Path) -> None:
    assert run("--show-files", "--exclude", "*.toml", "--exclude=/docs/", ".").stdout == b"a.txt\nold/c.txt\n"
    written(tree / "pyproject.toml", '[tool.summitfix]\nexclude = ["old", "*.toml", "!pyproject.toml"]\n')
    assert run("--show-files", ".").stdout == b"a.txt\ndocs/b.txt\npyproject.toml\n"
    assert run("--show-files", ".", "--isolated", "--exclude", "*.txt", "--exclude", "*.toml").stdout == b""


def test_what_is_named_is_looked_at_unless_forced_out(run: Run, tree: Path) -> None:
    written(tree / "pyproject.toml", '[tool.summitfix]\nexclude = ["docs/"]\n')
    assert run("--show-files", "docs/b.txt").stdout == b"docs/b.txt\n"
    assert run("--show-files", "--force-exclude", "docs/b.txt", "docs", "a.txt").stdout == b"a.txt\n"
    assert run("--force-exclude", "--stdin-filename", "docs/x.txt", given=DAMAGED.encode()).stdout == DAMAGED.encode()


def test_paths_can_come_from_a_list(run: Run, tree: Path) -> None:
    written(tree / "list", "a.txt\r\n\ndocs\n")
    assert run("--show-files", "--files-from", "list", "old/c.txt").stdout == b"old/c.txt\na.txt\ndocs/b.txt\n"
    assert run("--show-files", "-0", "--files-from", "-", given=b"docs/b.txt\0a.txt\0").stdout == b"docs/b.txt\0a.txt\0"
    done = run("--check", "--files-from", "missing")
    assert (done.returncode, done.stderr) == (2, b"summitfix: missing: No such file or directory\n")
    assert run("-w", "--files-from", "-", given=b"").returncode == 0  # an empty list is no trouble, and no wait


def test_odd_names_come_through_a_list(run: Run, tmp_path: Path) -> None:
    names = [b"new\nline.txt", b"caf\xe9.txt", b"-w", b"./-"]
    for name in names:
        (Path(str(tmp_path)) / name.decode("utf-8", "surrogateescape")).write_bytes(b"x")
    assert run("--show-files", "-0", "--files-from", "-", given=b"\0".join(names)).stdout == b"".join(name + b"\0" for name in names)


def test_a_large_file_is_passed_over_in_a_walk_by_the_configured_size(run: Run, tree: Path) -> None:
    written(tree / "pyproject.toml", "[tool.summitfix]\nmax-walk-size = 60\n")
    written(tree / "big.txt", "x" * 61)
    done = run("--check", ".")
    assert "big.txt: more than 6e-05 MB" in done.stderr.decode()
