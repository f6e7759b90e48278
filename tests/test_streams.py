"""The unit of decision is a block, but what comes out does not depend on where one block ends and the next begins.

A block ends behind a paragraph, a sentence or a line, as long as there are any. What later blocks know of earlier ones is the codec and how often each
misreading was proven, so what comes out is the same for a text whose damage its own lines show. What may differ is what only the rest of the document
tells: a habit of quotation marks, an unknown word that stands undamaged elsewhere, a family of spam of which a block holds a single doubtful span.
Blocks of a mebibyte hold more text than all but the longest documents.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile

import pytest
from bench.inputs import SENTENCES, misread
from conftest import COMMAND, DRIVER, Run

from summitfix import files, finding, outgoing
from summitfix.chain import CHAIN
from summitfix.files import BLOCK, SMALL

PLAN = finding.Plan(tuple(CHAIN))

ENGLISH = (
    "The ferry leaves at seven, and the island has no other one before Monday.",
    "“Bring bread, a coat and something to read,” she said, “for the evenings are long.”",
    "Nobody knew who had painted the harbour office green.",
    "It’s the third time this year that the bridge was closed to lorries.",
)
FRENCH = (
    "Le bac part à sept heures, et l’île n’en a pas d’autre avant lundi.",
    "Le conseil a décidé hier de rénover l’école du village, où étudient soixante élèves.",
    "Les pêcheurs ont été surpris par la tempête près du phare.",
)
KOREAN = ("배는 일곱 시에 떠나고 섬에는 다른 배가 없습니다.", "시의회는 어제 마을 학교를 새로 짓기로 결정했다.")
RUSSIAN = ("Паром отходит в семь, а другого на острове нет.", "Совет решил вчера отремонтировать школу в деревне.")

TEXTS = {
    "clean": ENGLISH + FRENCH + RUSSIAN + KOREAN,
    "UTF-8 read as cp1252": tuple(misread(line, "utf-8", "latin-1") for line in FRENCH) + ENGLISH[:1],
    "CP949 read as latin-1": tuple(misread(line, "cp949", "latin-1") for line in KOREAN),
    "cp1251 read as latin-1": tuple(misread(line, "cp1251", "latin-1") for line in RUSSIAN),
    "apostrophes lost": ("They don?t know, and it isn?t far.", "The company?s harbour wasn?t closed.", "Is it far? Nobody can say."),
    "spam": (*ENGLISH, "The council promised a stable relationshi", "릴게임몰메가 p with its neighbours, and the mayor agreed to it."),
    "one damaged line in many": (*ENGLISH * 5, misread(FRENCH[1], "utf-8", "latin-1")),
}


def repaired(data: bytes, size: int) -> bytes:
    """What the command makes of a stream that is cut into blocks of `size` bytes."""
    cut = files.blocks
    try:
        files.blocks = lambda stream, encoding, **options: cut(stream, encoding, size, **options)  # type: ignore[assignment, misc]
        found = finding.findings(io.BytesIO(data), PLAN)
        return b"".join(new for block, repair, _ in found for _, new in outgoing.pieces(block, repair, "utf-8"))
    finally:
        files.blocks = cut


@pytest.mark.parametrize("end", ["\n", " "], ids=["lines", "one line"])
@pytest.mark.parametrize("lines", TEXTS.values(), ids=TEXTS)
def test_what_comes_out_does_not_depend_on_the_size_of_blocks(lines: tuple[str, ...], end: str) -> None:
    if end == " " and any("릴게임" in line for line in lines):
        end = "\n"  # what splits a word is a line of its own
    text = end.join(lines) + end
    data = (text * (24_000 // len(text.encode()) + 1)).encode()
    whole = repaired(data, len(data) + 1)
    assert [repaired(data, size) == whole for size in (3 << 10, 5 << 10, 16 << 10)] == [True] * 3
    if lines is TEXTS["clean"]:
        assert whole == data
    else:
        assert whole != data and (end == " " or len(set(whole.decode().split("\n"))) <= len(lines) + 2)  # each of its lines always comes out the same


def test_blocks_of_64_kb_give_what_the_whole_gives() -> None:
    text = "\n\n".join("\n".join(lines) for lines in TEXTS.values()) + "\n\n"
    data = (text * (3 * SMALL // len(text.encode()))).encode()
    whole = repaired(data, len(data) + 1)
    assert whole != data and whole == repaired(data, SMALL)


def test_what_an_earlier_block_has_proven_helps_a_later_one() -> None:
    proof = "".join(misread(line, "cp1251", "latin-1") + "\n" for line in RUSSIAN) * 20
    weak = "A word of two letters: " + misread("да", "cp1251", "latin-1") + ".\n"
    data = (proof + "A plain line.\n" * 40 + weak).encode()
    known = repaired(data, len(proof.encode()) + 100)
    assert known.decode().endswith("A word of two letters: да.\n") == repaired(data, 1 << 20).decode().endswith("A word of two letters: да.\n")


MEASURE = """
import os, resource, sys
pid = os.fork()
if not pid:
    os.dup2(os.open(sys.argv[1], os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def cost(data: bytes) -> tuple[float, float]:
    """The most memory (MB) and the time of the processor (s) that a pipe takes for `data`."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run([sys.executable, "-c", MEASURE, file.name, *COMMAND], capture_output=True, check=True)
    code, most, seconds = done.stdout.split()
    assert code == b"0"
    return int(most) / 1000, float(seconds)


ODD = {
    "one line": (SENTENCES["English, ASCII"].replace("\n", " ").encode(), 4 * BLOCK, 100),
    "lines": (SENTENCES["English, ASCII"].encode(), 8 * BLOCK, 100),
    "question marks": (b"?", 4 * BLOCK, 100),
    "quotation marks": ("“".encode(), 2 * BLOCK, 100),
    "straight quotation marks": (b'"', 4 * BLOCK, 100),
    "one letter of mojibake": ("Ã©".encode(), 2 * BLOCK, 150),
    "a word of mojibake": ("Ã© ".encode(), BLOCK, 150),
    "damage on every hundredth line": ((SENTENCES["English, ASCII"] * 99 + misread(SENTENCES["French"], "utf-8", "latin-1")).encode(), 4 * BLOCK, 150),
}


@pytest.mark.parametrize(("unit", "size", "most"), ODD.values(), ids=ODD)
def test_memory_is_bounded_whatever_the_input(unit: bytes, size: int, most: int) -> None:
    memory, _ = cost(unit * (size // len(unit)))
    assert memory <= most


@pytest.mark.parametrize("name", ["one line", "question marks"])
def test_time_is_in_proportion(name: str) -> None:
    unit, size, _ = ODD[name]
    once, thrice = (min(cost(unit * (times * size // len(unit)))[1] for _ in range(2)) for times in (1, 3))
    assert thrice < 4.5 * once


def test_clean_text_comes_out_byte_for_byte(run: Run) -> None:
    data = "".join(SENTENCES.values()).encode() * 4000
    assert len(data) > BLOCK and run(given=data, command=DRIVER).stdout == data
