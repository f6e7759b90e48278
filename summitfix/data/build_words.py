"""Build `words.bin`, the packed word frequencies, from wordfreq and from plain text.

    python -m summitfix.data.build_words CORPUS NEWS

CORPUS and NEWS are folders of `<language>.txt`, a sentence a line; of a file in NEWS only the first half is read, the rest stays unseen for
measurements. wordfreq 3.1 must be installed; nothing else ever needs it. The same input gives the same bytes. Sources and licences: SOURCES.md.
"""

from __future__ import annotations

import gzip
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unicodedata import category, normalize

from summitfix.words import BLOCK, CHUNK, FULL, HEADER, PATH, RAW, SIMPLIFIED, fold


class Row(NamedTuple):
    """How much of a language is packed.

    The `common` most frequent words of any kind, then more with a letter beyond ASCII up to `foreign` of them: those decide misread and lost
    letters. `source` is wordfreq's code for the language, or empty for a list counted from the texts. `screened` is false where the language's own
    letters are misreadings of each other: Vietnamese hăng and hãng are both words.
    """

    language: str
    common: int
    foreign: int
    source: str = ""
    screened: bool = True


ROWS = (
    Row("en", 50_000, 3_000, "en"),  # down to Zipf 2.5: "generative" is at 2.8
    *(Row(code, 16_000, 12_000, code) for code in ("de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "cs")),
    Row("ru", 22_000, 22_000, "ru"),
    *(Row(code, 0, 9_000, code) for code in ("ar", "bg", "ca", "da", "el", "fa", "fi", "he", "hu", "is", "lt", "lv", "mk", "nb", "ro", "sk", "sl", "uk")),
    Row("id", 6_000, 0, "id"),  # its words have no letter beyond ASCII: for joins alone
    Row("vi", 0, 9_000, "vi", screened=False),
    Row("hr", 0, 9_000, "sh"),
    *(Row(code, 0, 4_000, code) for code in ("bn", "hi", "ta", "ur")),
    Row("zh", 0, 17_000, "zh"),
    Row("ja", 0, 16_000, "ja"),
    Row("ko", 0, 19_000, "ko"),
    *(Row(code, 0, 8_000) for code in ("af", "az", "be", "cy", "eo", "et", "ga", "gl", "hy", "ka", "kk", "mn", "sq", "sr")),
)

MISREADINGS = (
    *(("latin-1", right) for right in ("cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-13", "cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp1258")),
    *(("cp1252", right) for right in ("cp1250", "cp1251", "cp1254", "cp1257", "mac-roman")),
    ("cp1250", "cp1252"),
    ("iso8859-2", "latin-1"),
    ("cp1251", "koi8-r"),
    ("koi8-r", "cp1251"),
    *((wrong, "utf-8") for wrong in ("latin-1", "cp1252", "cp1250", "cp1251", "cp1254")),
)
"""(codec a word was read with, codec it was written in): what pollutes crawled lists, as `elsõ` for Hungarian első."""

TIMES = 4.0
"""A form whose re-reading is more than this many times as frequent in its language is itself damaged."""


def main(corpus: Path, news: Path) -> None:
    """Write `words.bin` and say what went in and what fell."""
    blobs = []
    fallen: dict[str, list[str]] = {}
    for row in sorted(ROWS):
        zipfs = listed(row.source) if row.source else zipf_of(counts(row.language, corpus, news))
        chosen, fallen[row.language] = choose(zipfs, row)
        blobs.append((row.language, len(chosen), pack(chosen)))
        print(
            f"{row.language:3} {len(chosen):6} words {len(blobs[-1][2]):7} bytes  {len(fallen[row.language]):5} damaged: {' '.join(fallen[row.language][:6])}"
        )
    mapping = simplified()
    blobs.append((SIMPLIFIED, len(mapping) // 2, compress(mapping.encode())))
    index = "".join(f"{language} {count} {len(blob)}\n" for language, count, blob in blobs)
    PATH.write_bytes(HEADER + index.encode() + b"\n" + b"".join(blob for *_, blob in blobs))
    print(f"{sum(map(len, fallen.values()))} damaged forms dropped; {PATH.stat().st_size} bytes")


def listed(source: str) -> dict[str, float]:
    """wordfreq's largest list of a language: folded word to Zipf frequency."""
    wordfreq = import_module("wordfreq")
    large = source in wordfreq.available_languages("large")
    frequencies: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(source, "large" if large else "small").items():
        folded = word.casefold() if source == "zh" else fold(word, source)  # wordfreq's Chinese is simplified
        if is_word(folded):
            frequencies[folded] = frequencies.get(folded, 0.0) + frequency
    return {word: 9.0 + math.log10(frequency) for word, frequency in frequencies.items()}


def lines(language: str, corpus: Path, news: Path) -> Iterator[str]:
    """The sentences a list may be counted from."""
    for folder, share in ((corpus, 1), (news, 2)):
        path = folder / f"{language}.txt"
        if path.exists():
            found = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
            yield from found[: len(found) // share]


def counts(language: str, corpus: Path, news: Path) -> Counter[str]:
    """How often each folded word stands in the texts of a language."""
    found: Counter[str] = Counter()
    for line in lines(language, corpus, news):
        spaced = "".join(character if is_letter(character) else " " for character in normalize("NFC", line))
        found.update(fold(word.strip("'’·"), language) for word in spaced.split())
    del found[""]
    return found


def zipf_of(counted: Mapping[str, int]) -> dict[str, float]:
    """Counts as Zipf frequencies, each count less 0.7: a small sample overrates what it holds at all (Good and Turing)."""
    total = sum(counted.values())
    return {word: 9.0 + math.log10((count - 0.7) / total) for word, count in counted.items() if is_word(word)}


def simplified() -> str:
    """The traditional characters that wordfreq folds into simplified ones, and then those, as one string."""
    wordfreq, msgpack = import_module("wordfreq"), import_module("msgpack")
    with gzip.open(Path(wordfreq.__file__ or "").parent / "data" / "_chinese_mapping.msgpack.gz") as packed:
        table = msgpack.load(packed, raw=False, strict_map_key=False)
    kept = sorted((chr(code), char) for code, char in table.items() if code < 0x10000 and ord(char) < 0x10000)
    return "".join(one for one, _ in kept) + "".join(other for _, other in kept)


@cache
def is_letter(character: str) -> bool:
    """Whether a character may stand in a word: letters, combining marks, apostrophes, the Catalan dot."""
    return category(character)[0] in "LM" or character in "'’·"


def is_word(word: str) -> bool:
    """Whether a list entry is a word at all: wordfreq also holds numbers and emoji."""
    return all(map(is_letter, word)) and is_letter(word[0]) and word[0] not in "'’·"


def is_damaged(word: str, zipfs: Mapping[str, float]) -> bool:
    """Whether a form is a misreading of one that is much more frequent."""
    return any(zipfs.get(meant, 0.0) > zipfs[word] + math.log10(TIMES) for meant in rereadings(word))


def rereadings(word: str) -> Iterator[str]:
    """What else the bytes of a word could have been, other than itself, where that reads in one case throughout.

    Lists are case-folded, and lower case read as another codec's is often upper case (koi8-r against cp1251), so both cases are tried; the second
    only from four letters on, since any two of them make some short word: Russian об, Macedonian ме.
    """
    for wrong, right in MISREADINGS:
        for shape in (word, word.upper())[: 1 + (len(word) > 3)]:
            try:
                reading = shape.encode(wrong).decode(right)
            except UnicodeError:
                continue
            if reading.casefold() != word and not shape.isascii() and reading.islower():
                yield reading


def choose(zipfs: Mapping[str, float], row: Row) -> tuple[dict[str, int], list[str]]:
    """The words that are packed, sorted, with their frequencies in tenths of Zipf; and the damaged forms met on the way."""
    chosen: dict[str, int] = {}
    fallen: list[str] = []
    foreign = 0
    for rank, word in enumerate(sorted(zipfs, key=lambda word: (-round(zipfs[word], 1), word))):
        if word.isascii():
            wanted = rank < row.common
        elif wanted := rank < row.common or foreign < row.foreign:
            if row.screened and is_damaged(word, zipfs):
                fallen.append(word)
                continue
            foreign += 1
        if wanted:
            chosen[word] = round(zipfs[word] * 10)
    return dict(sorted(chosen.items())), fallen


def pack(chosen: Mapping[str, int]) -> bytes:
    """Words in their order with their frequencies, as `Table` reads them."""
    letters = "".join(sorted({*"".join(chosen)}))
    letters = letters if len(letters) <= LETTERS else ""
    spelled = {ord(letter): chr(number) for number, letter in enumerate(letters, 0x20)}
    words, levels = [*chosen], bytes(chosen.values())
    rests = [FULL + word if number % BLOCK == 0 else rest(word, words[number - 1]) for number, word in enumerate(words)]
    packed: list[bytes] = []
    first = b""
    for start in range(0, len(words), BLOCK * CHUNK):
        text = "".join(rests[start : start + BLOCK * CHUNK])
        data = text.translate(spelled).encode("latin-1") if letters else text.encode()
        packed += compress(levels[start : start + BLOCK * CHUNK], zlib.Z_HUFFMAN_ONLY), compress(data, known=first)
        first = first or data
    head = " ".join([letters, ",".join(str(len(part)) for part in packed), *words[:: BLOCK * CHUNK]])
    return head.encode() + b"\n" + b"".join(packed)


LETTERS = 0x100 - 0x20
"""How many letters a byte can stand for."""


def rest(word: str, last: str) -> str:
    """A word behind another one: how many letters of that one go, and which come."""
    size = next((i for i, (one, other) in enumerate(zip(word, last, strict=False)) if one != other), min(len(word), len(last)))
    going = chr(len(last) - size)
    assert going < FULL, f"{word!r} behind {last!r}: words are no longer than that"
    return going + word[size:]


def compress(data: bytes, strategy: int = zlib.Z_DEFAULT_STRATEGY, known: bytes = b"") -> bytes:
    """`data` as a part of the file, in the light of what is `known`."""
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW, zlib.DEF_MEM_LEVEL, strategy, known)
    return packer.compress(data) + packer.flush()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
