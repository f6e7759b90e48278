"""What is promised of any input at all: each a function of an example that fails where the promise is broken.

`test_promises.py` keeps them under a few examples each, `fuzz.py` under as many as one likes.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest import mock

import damage
from conftest import COMMAND, QUIET

import summitfix
from summitfix import config, core, fields, files, finding, outgoing
from summitfix.baseline import Baseline
from summitfix.core import Change, SummitfixError
from summitfix.finding import Plan
from summitfix.ignoring import MARKER, Guard
from summitfix.lines import starts
from summitfix.passes.spam import spam
from summitfix.passes.spam.rows import read_rows
from summitfix.walk import Patterns

WHOLE = Plan(tuple(summitfix.CHAIN))


LOST = {"\ufffd", *(damage.misread("\ufffd", "utf-8", codec) for codec in damage.READ)}
"""U+FFFD, and how it looks when it was misread."""


def undone(after: str, changes: tuple[Change, ...]) -> str:
    """What stood where `changes` made `after`."""
    grown, back = 0, []
    for change in changes:
        back.append(Change(change.start + grown, change.after, change.before, change.why))
        grown += len(change.after) - len(change.before)
    return core.apply(after, back)


def changes_say_all(text: str, least: float = core.SURE) -> None:
    """What was done is told by the changes alone: they make what came out, and take back to what went in."""
    repair = summitfix.repair(text, least=least)
    assert repair.before == text
    assert core.apply(text, repair.changes) == repair.after
    assert undone(repair.after, repair.changes) == text
    now = text
    for stage in repair.stages:
        now = core.apply(now, stage.changes)
    assert now == repair.after
    done = 0
    for change in repair.changes:
        assert done <= change.start and change.before != change.after and change.why
        assert least <= change.confidence <= 1.0
        done = change.end
    for doubt in repair.doubts:
        assert text[doubt.start : doubt.end] == doubt.before
        assert doubt.confidence < least or doubt.before == doubt.after
    assert repair.after.count("\ufffd") <= sum(map(text.count, LOST))


def second_run_finds_nothing(text: str) -> None:
    """What is repaired is repaired: the next run leaves it alone."""
    first = summitfix.repair(text)
    second = summitfix.repair(first.after)
    assert not second.changes, (first.changes, second.changes)


def order_of_names_is_none(text: str) -> None:
    """Passes run in their own order, however they are named, and every run says the same."""
    one, other = (summitfix.repair(text, only=names) for names in (["mojibake", "spam", "glyphs"], ["glyphs", "spam", "mojibake"]))
    assert one == other == summitfix.repair(text)


def decoding_loses_nothing(data: bytes) -> None:
    """The bytes come back from the text, but for codecs that write a character in two ways, and for lines that are said to be in another codec."""
    try:
        found = summitfix.decode(data)
    except SummitfixError:
        return
    try:
        again = found.bom + found.text.encode(found.encoding, "surrogateescape")
    except UnicodeEncodeError:
        assert "another codec" in found.evidence
        return
    if again != data and "another codec" not in found.evidence:
        assert found.encoding.startswith(("cp932", "shift_jis", "big5", "cp950", "gb", "euc", "cp949", "iso2022", "hz", "cp1255", "cp1258", "tcvn")), found
        assert "cut off" in found.evidence or again.decode(found.encoding, "surrogateescape") == found.bom.decode(found.encoding) + found.text


def unchanged_bytes_stay(data: bytes, plan: Plan = WHOLE) -> None:
    """The pieces of a file are its bytes, those of unchanged lines the same ones; and what is written says what was meant, or the file is refused."""
    try:
        found = list(finding.findings(io.BytesIO(data), plan))
    except files.Unread as error:
        assert data.endswith(error.data)
        return
    written = b""
    for block, repair, _ in found:
        try:
            pieces = list(outgoing.pieces(block, repair))
        except SummitfixError as error:
            assert repair.changes and ("cannot hold" in str(error) or "told apart" in str(error))
            return
        assert block.bom + block.data == b"".join(old for old, _ in pieces)
        new = b"".join(new for _, new in pieces)
        if repair.changes:
            assert new != block.bom + block.data
            if not block.is_mixed:
                assert new.removeprefix(block.bom).decode(block.encoding, "surrogateescape") == repair.after
        else:
            assert new == block.bom + block.data
        written += new
    assert b"".join(block.bom + block.data for block, _, _ in found) == data


def conversion_says_the_same(data: bytes) -> None:
    """What is written in another codec, as a pipe does it, says what the repair left."""
    try:
        found = list(finding.findings(io.BytesIO(data), WHOLE))
    except files.Unread:
        return
    for block, repair, _ in found:
        for codec in "utf-8", "utf-16-le":
            try:
                pieces = list(outgoing.pieces(block, repair, codec))
            except SummitfixError:
                assert any("\ud800" <= char <= "\udfff" for char in repair.after) or len("\n".encode(block.encoding)) == 1 != len("\n".encode(codec))
                continue
            assert block.bom + block.data == b"".join(old for old, _ in pieces)
            written = b"".join(new for _, new in pieces).removeprefix(block.bom)
            assert written.decode(codec, "surrogateescape") == repair.after or (block.encoding == codec and not repair.changes)


class _Dripping(io.RawIOBase):
    """A stream that hands out what it holds in parts of these sizes, again and again."""

    def __init__(self, data: bytes, sizes: tuple[int, ...]) -> None:
        self.data, self.sizes, self.turn = data, sizes, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(self.sizes[self.turn % len(self.sizes)], len(buffer))
        self.turn += 1
        part, self.data = self.data[:size], self.data[size:]
        buffer[: len(part)] = part
        return len(part)


def piped(stream: Any, plan: Plan) -> bytes:
    """What the command makes of a stream."""
    return b"".join(new for block, repair, _ in finding.findings(stream, plan) for _, new in outgoing.pieces(block, repair, "utf-8"))


def reads_do_not_matter(data: bytes, sizes: tuple[int, ...] = (1, 7)) -> None:
    """However the bytes of a stream come in, the same ones go out."""
    try:
        whole = piped(io.BytesIO(data), WHOLE)
    except SummitfixError as error:
        whole = str(error).encode()
    try:
        dripped = piped(io.BufferedReader(_Dripping(data, sizes)), WHOLE)
    except SummitfixError as error:
        dripped = str(error).encode()
    assert dripped == whole


FIELDS = WHOLE._replace(fields=("text", "more.b"))


def records_stay_records(data: bytes) -> None:
    """What is no field that was named stays, byte for byte, and what was JSON is JSON."""
    unchanged_bytes_stay(data, FIELDS)
    for block, repair, _ in finding.findings(io.BytesIO(data), FIELDS):
        for was, now in zip(block.text.split("\n"), repair.after.split("\n"), strict=True):
            try:
                before = json.loads(was)
            except ValueError:
                assert was == now
                continue
            after = json.loads(now)
            if isinstance(before, dict) and isinstance(after, dict):
                for value in before, after:
                    value.pop("text", None), value.pop("more", None)
            assert json.dumps(before) == json.dumps(after)


def configuration_is_read_or_refused(written: str) -> None:
    """A configuration is read, and shown as what is read as the same; or refused with the line that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        for name in config.SHARED, config.OWN:
            path = Path(folder, name)
            path.write_text(written, encoding="utf-8", newline="")
            try:
                found = config.load(str(path), summitfix.CHAIN)
            except SummitfixError as error:
                told = re.match(rf".*{re.escape(name)}(?::(\d+))?: .", str(error))
                assert told and (told[1] is None or 1 <= int(told[1]) <= written.count("\n") + 1), error
                continue
            if found:
                path.write_text(config.toml(found), encoding="utf-8", newline="")
                own = Path(folder, "again.toml")
                own.write_text(config.toml(found), encoding="utf-8", newline="")
                again = config.load(str(own), summitfix.CHAIN)
                assert again and again._replace(path=found.path) == found
                Patterns(folder, [*found.exclude, *(pattern for pattern, _ in found.per_file_ignores)]).match(str(path))


def rows_of_spam_are_read_or_refused(written: str) -> None:
    """A user's rows are read and do what they say, or are refused with the line that is wrong."""
    try:
        rows = read_rows(written, "mine.toml")
    except SummitfixError as error:
        told = re.match(r"mine\.toml:(\d+): .|mine\.toml: nested too deep", str(error))
        assert told and (told[1] is None or 1 <= int(told[1]) <= written.count("\n") + 1), error
        return
    list(spam(core.Document("The ferry leaves at seven; silver kite outlet, kiteshop prime"), rows=rows))


def markers_are_obeyed(written: str) -> None:
    """What a marker keeps stays; where there is none nothing is kept."""
    guard = Guard()
    guard.enter(written, first=True)
    ends = starts(written)[1:]
    off = False
    whole = any(found["what"] == "ignore-file" for found in re.finditer(MARKER, written[: ends[4] if len(ends) > 4 else len(written)]))
    begin = 0
    for end in [*ends, len(written)]:
        found = [*re.finditer(MARKER, written[begin:end])]
        kept = set(summitfix.CHAIN) if whole or off else set()
        for marker in found:
            what = marker["what"]
            if what == "on":
                off = False
            elif what == "off" or off:
                off, kept = True, set(summitfix.CHAIN)
            elif what == "ignore":
                names = {name.strip() for name in (marker["passes"] or "").split(",") if name.strip()}
                kept |= names or set(summitfix.CHAIN)
        for name in summitfix.CHAIN:
            for at in {begin, (begin + end) // 2, end - 1} if begin < end else ():
                change = Change(at, written[at], "", ())
                assert guard.permit(name, written, change) is (name not in kept), (name, at)
        begin = end


def baseline_is_read_or_refused(written: str) -> None:
    """Records are read, or refused with the line that is wrong."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".jsonl") as file:
        file.write(written)
        file.flush()
        try:
            known = Baseline(file.name)
        except SummitfixError as error:
            told = re.search(r":(\d+): no record of", str(error))
            assert told and 1 <= int(told[1]) <= written.count("\n") + 1
            return
        repair = core.Repair("ab", "b", (Change(0, "a", "", ()),), (), ())
        assert known.unknown("a.txt", repair).changes in ((), repair.changes)


def objects_are_told_from_other_lines(written: str) -> None:
    """The lines that are no JSON object are those that json says are none, and nothing is changed but strings that were named."""
    repair, bad = fields.repair(written, FIELDS.fields, partial(core.repair, chain=summitfix.CHAIN))
    assert core.apply(written, repair.changes) == repair.after and undone(repair.after, repair.changes) == written
    start = 0
    for line, now in zip(written.split("\n"), repair.after.split("\n"), strict=True):
        try:
            value = json.loads(line.strip(" \t\r\n").removeprefix("\ufeff"))
        except ValueError:
            value = None
        is_bad = not isinstance(value, dict) and line.strip(" \t\r\n").removeprefix("\ufeff").strip(" \t\r\n") != ""
        assert (start in bad) is is_bad, line
        assert now == line or shape(json.loads(now.lstrip("\ufeff"))) == shape(value)
        start += len(line) + 1


def shape(value: Any) -> Any:
    """A value of JSON without what its strings say."""
    if isinstance(value, dict):
        return [(key, shape(part)) for key, part in value.items()]
    return [shape(part) for part in value] if isinstance(value, list) else str if isinstance(value, str) else repr(value)


def cuts_do_not_matter(lines: list[str]) -> None:
    """Where the lines themselves show their damage, what comes out is the same wherever a stream is cut into blocks."""
    unit = "".join(line + "\n" for line in lines)
    data = (unit * (9_000 // len(unit.encode()) + 1)).encode()
    found, cut = [], files.blocks
    for size in len(data) + 1, 3 << 10, 5 << 10:
        with mock.patch.object(files, "blocks", lambda stream, encoding, size=size, **options: cut(stream, encoding, size, **options)):
            found.append(piped(io.BytesIO(data), WHOLE))
    assert found[1:] == found[:1] * 2


def patches_can_be_taken_back(data: bytes) -> None:
    """A patch makes what is written in place, and backwards, by git and by patch, the bytes that were; a file that is refused stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")

        def call(*command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
            return subprocess.run(command, input=given, capture_output=True, cwd=folder, env=os.environ | QUIET, timeout=120, check=False)

        path.write_bytes(data)
        patch = call(*COMMAND, "--diff", "a.txt")
        assert path.read_bytes() == data and patch.returncode in (0, 1, 2)
        written = call(*COMMAND, "-w", "a.txt")
        repaired = path.read_bytes()
        assert (repaired != data) is bool(patch.stdout) and written.returncode in (0, 2), (patch, written)
        if patch.stdout:
            for undo in (("patch", "-R", "-p1", "--binary", "-s"), ("git", "apply", "-R", "--whitespace=nowarn")):
                path.write_bytes(repaired)
                undone = call(*undo, given=patch.stdout)
                assert path.read_bytes() == data, (undo, undone.stderr)
            assert call("git", "apply", "--whitespace=nowarn", given=patch.stdout).returncode == 0 and path.read_bytes() == repaired


class Promise(NamedTuple):
    """A promise, and what makes the parts of an example; of `few` examples it is kept in each run of the tests."""

    keep: Callable[..., None]
    make: tuple[Callable[[Random], Any], ...]
    few: int

    def example(self, pick: Random) -> tuple[Any, ...]:
        """An example under which it is to be kept."""
        return tuple(make(pick) for make in self.make)


def _least(pick: Random) -> float:
    return pick.choice((core.SURE, core.SURE, 0.99, 0.5, 0.0))


def _sizes(pick: Random) -> tuple[int, ...]:
    return tuple(damage.some(pick, lambda: pick.randint(1, 40), 4, 1))


PROMISES = {
    promise.keep.__name__: promise
    for promise in (
        Promise(changes_say_all, (damage.text, _least), 60),
        Promise(second_run_finds_nothing, (damage.text,), 60),
        Promise(order_of_names_is_none, (damage.text,), 20),
        Promise(decoding_loses_nothing, (damage.data,), 100),
        Promise(unchanged_bytes_stay, (damage.data,), 60),
        Promise(conversion_says_the_same, (damage.files,), 30),
        Promise(reads_do_not_matter, (damage.files, _sizes), 20),
        Promise(cuts_do_not_matter, (damage.misread_lines,), 6),
        Promise(patches_can_be_taken_back, (damage.files,), 4),
        Promise(records_stay_records, (damage.json_lines,), 20),
        Promise(configuration_is_read_or_refused, (damage.configurations,), 60),
        Promise(rows_of_spam_are_read_or_refused, (damage.spam_rows,), 60),
        Promise(markers_are_obeyed, (damage.marked,), 60),
        Promise(baseline_is_read_or_refused, (damage.records,), 60),
        Promise(objects_are_told_from_other_lines, (damage.objects,), 60),
    )
}
