"""A file is the old one or the new one, whole, and keeps what belongs to it: its mode, owner, attributes and links."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from summitfix.beside import left_overs
from summitfix.core import SummitfixError
from summitfix.recovery import put_right
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


def test_a_backup_that_holds_this_very_text_is_not_made_again(article: Path) -> None:
    for name, text in ("article.txt.orig", b"an older text\n"), ("article.txt.orig.~1~", b"old text\n"):
        article.with_name(name).write_bytes(text)
    rewrite(str(article), os.stat(article), 0, [b"new\n"], ".orig")
    assert {path.name: path.read_bytes() for path in article.parent.iterdir()} == {
        "article.txt": b"new\n",
        "article.txt.orig": b"an older text\n",
        "article.txt.orig.~1~": b"old text\n",
    }


TAKEN: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "link": lambda path: path.symlink_to("article.txt"),
    "pipe": os.mkfifo,
    "larger": lambda path: path.write_bytes(b"old text\n!"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_what_has_the_name_of_a_backup_is_left_alone(article: Path, kind: str) -> None:
    taken = article.with_name("article.txt.orig")
    TAKEN[kind](taken)
    before = taken.lstat()
    rewrite(str(article), os.stat(article), 0, [b"new\n"], ".orig")
    assert article.with_name("article.txt.orig.~1~").read_bytes() == b"old text\n" and article.read_bytes() == b"new\n"
    assert os.path.samestat(taken.lstat(), before) and taken.lstat().st_mtime_ns == before.st_mtime_ns


def test_a_text_of_the_same_size_and_time_is_another_all_the_same(article: Path) -> None:
    """As `cp -p` and `touch -r` leave it."""
    read = os.stat(article)
    time.sleep(0.02)  # older kernels have one time for all that happens within four milliseconds
    article.write_bytes(b"OLD TEXT\n")
    os.utime(article, ns=(read.st_atime_ns, read.st_mtime_ns))
    with pytest.raises(SummitfixError, match="changed while it was being repaired"):
        rewrite(str(article), read, 0, [b"new\n"])
    assert held(article) == {"article.txt": b"OLD TEXT\n"}


# What a killed run left


def left(path: Path, **texts: bytes) -> dict[str, bytes]:
    """Put left-overs beside a file, and say what its folder holds now."""
    for kind, text in texts.items():
        path.with_name(f".{path.name}.summitfix-{kind}").write_bytes(text)
    return held(path)


def held(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_beside_a_whole_file_it_is_removed(article: Path) -> None:
    left(article, new=b"old te", copy=b"o")
    assert put_right(str(article)) == "removed .article.txt.summitfix-new and .article.txt.summitfix-copy, left by a run that was killed"
    assert held(article) == {"article.txt": b"old text\n"} and put_right(str(article)) is None


SHORT, LONG = b"old text\n", b"new and longer text\n"


@pytest.mark.parametrize(("old", "new"), [(SHORT, LONG), (LONG, SHORT)], ids=["grows", "shrinks"])
def test_a_mixture_of_both_texts_is_the_old_one_again(article: Path, old: bytes, new: bytes) -> None:
    """Wherever the overwriting was cut short: before, room may have been reserved, and behind, the rest of a longer text is cut off last."""
    for at in range(1, len(new)):
        article.write_bytes(new[:at] + old.ljust(len(new), b"\0")[at:])
        left(article, old=old, new=new)
        assert str(put_right(str(article))).endswith("left by a run that was killed while it overwrote the file, which has its old text again")
        assert held(article) == {"article.txt": old}


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_what_was_not_begun_or_was_finished_stays_as_it_is(article: Path, text: bytes) -> None:
    article.write_bytes(text)
    left(article, old=SHORT, new=LONG)
    assert str(put_right(str(article))).endswith("left by a run that was killed")
    assert held(article) == {"article.txt": text}


@pytest.mark.parametrize("texts", [{"old": SHORT, "new": LONG}, {"old": SHORT}], ids=["both", "old"])
@pytest.mark.parametrize("text", [b"my own words\n", b"old", SHORT + LONG, b""])
def test_what_somebody_wrote_since_is_not_touched(article: Path, texts: dict[str, bytes], text: bytes) -> None:
    article.write_bytes(text)
    before = left(article, **texts)
    with pytest.raises(SummitfixError, match=r"article\.txt\.summitfix-old was left by a run that was killed and holds its text before the repair"):
        put_right(str(article))
    assert held(article) == before


def test_beside_a_file_that_somebody_is_writing_nothing_is_touched(article: Path) -> None:
    before = left(article, new=b"new and long", old=b"old text\n")
    with article.with_name(".article.txt.summitfix-new").open("r+b") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        with pytest.raises(SummitfixError, match="another run is writing it; not written"):
            put_right(str(article))
    assert held(article) == before


def test_where_there_are_no_locks_nobody_is_taken_for_killed(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    before = left(article, new=b"new and long")
    with pytest.raises(SummitfixError, match=r"summitfix-new was left by a run that was killed \(or that is still at work\)"):
        put_right(str(article))
    assert held(article) == before
    article.with_name(".article.txt.summitfix-new").unlink()
    written(article, [b"new\n"])
    assert held(article) == {"article.txt": b"new\n"}


def test_while_a_file_is_written_nobody_else_writes_it(article: Path) -> None:
    def slow() -> Iterator[bytes]:
        yield b"new "
        with pytest.raises(SummitfixError, match="another run is writing it"):
            put_right(str(article))
        with pytest.raises(SummitfixError, match="another run is writing it"):
            written(article, [b"other\n"])
        yield b"text\n"

    rewrite(str(article), os.stat(article), 0, slow())
    assert held(article) == {"article.txt": b"new text\n"}


@pytest.mark.parametrize("kind", ["new", "old"])
def test_a_link_in_the_place_of_a_left_over_leads_nowhere(article: Path, kind: str) -> None:
    other = article.with_name("other.txt")
    other.write_bytes(b"somebody else's\n")
    article.with_name(f".article.txt.summitfix-{kind}").symlink_to("other.txt")
    with pytest.raises((OSError, SummitfixError)):
        put_right(str(article))
    assert other.read_bytes() == b"somebody else's\n" and article.read_bytes() == b"old text\n"


def test_long_names_have_left_overs_of_their_own(tmp_path: Path) -> None:
    paths = [tmp_path / f"{'ü' * 124}{number}" for number in range(2)]
    for path in paths:
        path.write_bytes(b"old\n")
    names = set[str]()

    def slow(path: Path) -> Iterator[bytes]:
        names.update(map(os.path.basename, left_overs(str(path))))
        yield b"new\n"

    for path in paths:
        rewrite(str(path), os.stat(path), 0, slow(path))
    assert len(names) == 2 and all(len(os.fsencode(name)) <= 255 for name in names) and [path.read_bytes() for path in paths] == [b"new\n"] * 2
