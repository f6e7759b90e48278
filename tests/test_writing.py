"""A file is the old one or the new one, whole, and keeps what belongs to it: its mode, owner, attributes and links."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from summitfix.core import SummitfixError
from summitfix.writing import create, rewrite


def written(path: Path, chunks: list[bytes], kept: int = 0) -> None:
    rewrite(str(path), os.stat(path), kept, iter(chunks))


def beside(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path.parent) if "summitfix-" in name)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(b"old text\n")
    return path


def test_the_file_holds_what_was_kept_and_what_came(article: Path) -> None:
    written(article, [b"new ", b"text\n"], kept=4)
    assert article.read_bytes() == b"old new text\n"
    assert beside(article) == []


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o640])
def test_the_mode_is_kept(article: Path, mode: int) -> None:
    article.chmod(mode)
    written(article, [b"new\n"])
    assert stat.S_IMODE(article.stat().st_mode) == mode


def test_a_symbolic_link_stays_one_and_its_target_is_written(article: Path) -> None:
    link = article.with_name("link.txt")
    link.symlink_to(article.name)
    written(link, [b"new\n"])
    assert link.is_symlink() and article.read_bytes() == b"new\n"


@pytest.mark.parametrize("text", [b"short\n", b"a good deal longer than what was there before\n"])
def test_hard_links_stay_linked(article: Path, text: bytes) -> None:
    other = article.with_name("other.txt")
    os.link(article, other)
    written(article, [text])
    assert other.read_bytes() == article.read_bytes() == text
    assert os.path.samefile(article, other) and beside(article) == []


def test_extended_attributes_are_kept(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, bytes]] = []
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.source"])
    monkeypatch.setattr(os, "getxattr", lambda _, name: b"wire" if name == "user.source" else b"")
    monkeypatch.setattr(os, "setxattr", lambda _, name, value: given.append((name, value)))
    written(article, [b"new\n"])
    assert given == [("user.source", b"wire")]


def test_a_file_system_without_attributes_has_none_to_lose(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = article.stat().st_ino

    def unsupported(*_: object) -> list[str]:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "listxattr", unsupported)
    article.chmod(0o640)
    written(article, [b"new\n"])
    assert article.stat().st_ino != number and stat.S_IMODE(article.stat().st_mode) == 0o640


def foreign(path: Path) -> SimpleNamespace:
    """The status of a file as if it were another user's."""
    status = os.stat(path)
    return SimpleNamespace(**{name: getattr(status, name) for name in dir(status) if name.startswith("st_")} | {"st_uid": 1234, "st_gid": 1234})


def test_a_foreign_owner_is_kept(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fchown", lambda _, user, group: given.append((user, group)))
    rewrite(str(article), foreign(article), 0, iter([b"new\n"]))
    assert given == [(1234, 1234)] and article.read_bytes() == b"new\n"


def test_where_the_owner_cannot_be_kept_the_file_is_overwritten_in_place(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = article.stat().st_ino

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    rewrite(str(article), foreign(article), 0, iter([b"new\n"]))
    assert (article.stat().st_ino, article.read_bytes()) == (number, b"new\n")
    assert beside(article) == []


def test_a_mount_point_is_overwritten_in_place(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(os, "replace", busy)
    written(article, [b"new\n"])
    assert article.read_bytes() == b"new\n" and beside(article) == []


def test_an_error_while_repairing_leaves_the_old_file_and_nothing_beside(article: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half of the new te"
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        rewrite(str(article), os.stat(article), 0, failing())
    assert article.read_bytes() == b"old text\n" and beside(article) == []


def test_a_full_disk_in_place_puts_the_old_text_back(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.link(article, article.with_name("other.txt"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        written(article, [b"longer than the old text\n"])
    assert article.read_bytes() == b"old text\n" and beside(article) == []


def test_a_file_changed_meanwhile_is_not_written(article: Path) -> None:
    def slow() -> Iterator[bytes]:
        yield b"new\n"
        article.write_bytes(b"somebody else's words\n")

    with pytest.raises(SummitfixError, match="changed while it was being repaired"):
        rewrite(str(article), os.stat(article), 0, slow())
    assert article.read_bytes() == b"somebody else's words\n" and beside(article) == []


def test_a_file_replaced_meanwhile_is_not_written(article: Path) -> None:
    read = os.stat(article)
    other = article.with_name("other")
    other.write_bytes(b"old text\n")
    os.replace(other, article)
    with pytest.raises(SummitfixError, match="changed while it was being repaired"):
        rewrite(str(article), read, 0, iter([b"new\n"]))
    assert article.read_bytes() == b"old text\n" and beside(article) == []


def test_a_read_only_file_is_not_written(article: Path) -> None:
    article.chmod(0o444)
    with pytest.raises(SummitfixError, match="read-only; not written"):
        written(article, [b"new\n"])
    assert article.read_bytes() == b"old text\n"


@pytest.mark.parametrize("which", ["new", "old"])
def test_what_a_killed_run_left_is_named_and_kept(article: Path, which: str) -> None:
    left = article.with_name(f".article.txt.summitfix-{which}")
    left.write_bytes(b"perhaps the only copy\n")
    os.link(article, article.with_name("other.txt"))
    with pytest.raises(SummitfixError, match=rf"\.article\.txt\.summitfix-{which} was left by a run that was killed"):
        written(article, [b"new\n"])
    assert left.read_bytes() == b"perhaps the only copy\n" and article.read_bytes() == b"old text\n"
    assert beside(article) == [left.name]


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 127)
    path.write_bytes(b"old\n")
    written(path, [b"new\n"])
    assert path.read_bytes() == b"new\n"


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    create(str(tmp_path / "made"), [b"text\n"])
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert (tmp_path / "made").read_bytes() == b"text\n"
