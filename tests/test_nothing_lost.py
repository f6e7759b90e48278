"""Nothing is ever lost: what is not repaired stays byte for byte, and what is repaired can be taken back."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from conftest import COMMAND, Run
from hypothesis import given, settings
from hypothesis import strategies as st

from summitfix import core, explain, files, finding, outgoing, records
from summitfix.chain import CHAIN
from summitfix.core import SummitfixError
from summitfix.finding import Plan

SENTENCES = (
    "The ferry leaves at seven, and the island hasn’t another; bring “bread” and something to read — or don’t.",
    "Le bac part à sept heures, et l’île n’en a pas d’autre ; emportez du pain, un manteau et de la lecture.",
    "Паром отходит в семь, а другого на острове нет; возьмите хлеба, пальто и что-нибудь почитать.",
    "배는 일곱 시에 떠나고 섬에는 다른 배가 없으니 빵과 외투와 읽을거리를 가져오세요.",
    "渡轮七点开，岛上没有别的船；带上面包、外套和可以读的东西。",
    "Advertisement",
    '{"text": "Le café de l’île", "more": ["a", {"b": "déjà"}]}',
)
CODECS = ("utf-8", "cp949", "latin-1", "cp1252", "cp1251", "gbk", "cp437")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Lines that were misread here and there, that lost letters, with line ends of all kinds and stray bytes."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        line = draw(st.sampled_from(SENTENCES))
        at = draw(st.integers(0, len(line)))
        meant, read = draw(st.sampled_from(CODECS)), draw(st.sampled_from(CODECS))
        line = line[:at] + line[at:].encode(meant, draw(st.sampled_from(("replace", "ignore")))).decode(read, "replace")
        lines.append(line.encode() + draw(st.sampled_from((b"", b"", b"\x80", b"\xff ", b"\xc3"))) + draw(st.sampled_from((b"\n", b"\r\n", b"\r"))))
    return draw(st.sampled_from((b"", b"\xef\xbb\xbf"))) + b"".join(lines).removesuffix(draw(st.sampled_from((b"", b"\n"))))


WHOLE = Plan(tuple(CHAIN))
PLANS = (WHOLE, WHOLE._replace(least=0.0), WHOLE._replace(boilerplate=True), WHOLE._replace(least=0.0, fields=("text", "more.b")))


@given(damaged(), st.sampled_from(PLANS))
@settings(max_examples=40)
def test_what_was_can_be_told_from_every_repair_and_every_repair_can_be_told(data: bytes, plan: Plan) -> None:
    was = b""
    for block, repair, _ in finding.findings(BytesIO(data), plan):
        try:
            was += b"".join(old for old, _ in outgoing.pieces(block, repair))
        except SummitfixError as error:  # a repair that the codec lacks is refused as a whole
            assert "cannot hold" in str(error) and repair.changes
            return
        assert core.apply(block.text, repair.changes) == repair.after
        assert all(block.text[change.start : change.end] == change.before for change in (*repair.changes, *repair.doubts))
        assert len(list(explain.stories(block, repair))) == len(repair.changes) + len(repair.doubts)
        for name in ("json", "github", "sarif"):
            writer = records.writer(name)
            assert [*writer.add("a.txt", block, repair), *writer.close()] or not (repair.changes or repair.doubts)
    assert was == data


@given(st.binary(max_size=60))
@settings(max_examples=80)
def test_any_bytes_come_out_as_they_went_in_where_nothing_is_repaired(data: bytes) -> None:
    try:
        found = list(finding.findings(BytesIO(data), WHOLE))
    except files.Unread as error:
        assert data.endswith(error.data)
        return
    try:
        pieces = [piece for block, repair, _ in found for piece in outgoing.pieces(block, repair)]
    except SummitfixError as error:  # a repair that the codec lacks is refused as a whole
        assert "cannot hold" in str(error) and any(repair.changes for _, repair, _ in found)
        return
    assert b"".join(old for old, _ in pieces) == data
    if not any(repair.changes for _, repair, _ in found):
        assert b"".join(new for _, new in pieces) == data


@given(st.lists(st.sampled_from(SENTENCES), max_size=4), st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0b"]), st.sampled_from(["", "\ufeff"]))
@settings(max_examples=30)
def test_a_pipe_hands_on_clean_utf_8_as_it_is(lines: list[str], end: str, mark: str) -> None:
    data = (mark + end.join(lines)).encode()
    pieces = (piece for block, repair, _ in finding.findings(BytesIO(data), WHOLE) for piece in outgoing.pieces(block, repair, "utf-8"))
    assert b"".join(new for _, new in pieces) == data


@pytest.mark.parametrize("options", [[], ["--unsure"], ["--boilerplate"], ["--field", "text", "--field", "more.b"], ["--unsure", "--ignore", "spam"]])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_patch_applied_backwards_gives_the_bytes_that_were(run: Run, tmp_path: Path, options: list[str], end: str) -> None:
    lines = [sentence.encode("utf-8").decode("latin-1") if number % 2 else sentence for number, sentence in enumerate(SENTENCES * 2)]
    lines[2] = SENTENCES[3].encode("cp949").decode("latin-1")
    lines[4] = SENTENCES[0].replace("’", "?").replace("—", "?")
    if "--field" in options:
        lines = [SENTENCES[-1].replace("café", "cafÃ©").replace("déjà", "dÃ©jÃ\xa0")] * 2
    data = end.join(lines).encode() + b" \xff\x80"
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    patch = run("--diff", *options, "a.txt", command=COMMAND)
    assert patch.returncode in (1, 2), patch.stderr
    subprocess.run(["patch", "-p1", "--binary", "-s"], input=patch.stdout, cwd=tmp_path, check=True)
    repaired = path.read_bytes()
    assert repaired != data
    subprocess.run(["patch", "-R", "-p1", "--binary", "-s"], input=patch.stdout, cwd=tmp_path, check=True)
    assert path.read_bytes() == data
    run("-w", *options, "a.txt", command=COMMAND)
    assert path.read_bytes() == repaired
