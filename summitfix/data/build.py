"""Build `model.bin`, the language model, from folders of plain text: `python -m summitfix.data.build FOLDER [FOLDER...]`.

A folder holds `<language>.txt`, one sentence a line. Of the first folder whole files are read, of the others only the first half of each (their second
half stays unseen, for measuring). What is in `words.bin` counts too, for the scripts whose every word that list holds. The same input gives the
same bytes. `SOURCES.md` names what the shipped model was built from.

The file: one line of JSON that names each section and its extent, then the sections, each compressed by zlib. A section of an alphabetic script
holds the costs of character pairs in all its languages; one of Han or Hangul text those of one language (see `summitfix.model`).
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from summitfix.model import EDGE, IDEOGRAPHIC, SCALE, fold
from summitfix.scripts import NAMES, marks

HERE = Path(__file__).parent
MERGED = {"bs": "hr", "nn": "nb", "ms": "id", "zu": "xh", "tn": "st", "zh": "zh-hans"}
"""Languages too near each other for pairs of letters to tell apart, counted as one."""

LEAST_PAIR = {"alphabetic": 4, "ideographic": 2}
"""A pair seen less often than this is left to the backing off: it would cost more room than it tells."""

LEAST_RUNNING = {"ko": 0.4, "ja": 0.9, "zh-hans": 1.2, "zh-hant": 1.2}
"""The same for two and three characters in a row of running text; of Korean there is little."""

TELLING = 0.7
"""By how many nats three characters in a row must be likelier than the last two alone to be kept."""

LEVELS = (
    # codec, first and last lead byte, cost in nats of a character of that level that the text never showed
    ("zh-hans", "gb2312", 0xB0, 0xD7, 11.0),
    ("zh-hans", "gb2312", 0xD8, 0xF7, 13.0),
    ("zh-hant", "big5", 0xA4, 0xC6, 11.0),
    ("zh-hant", "big5", 0xC9, 0xF9, 13.5),
    ("ja", "euc_jp", 0xB0, 0xCF, 11.0),
    ("ja", "euc_jp", 0xD0, 0xF4, 13.5),
    ("ko", "euc_kr", 0xB0, 0xC8, 10.0),
    ("ko", "euc_kr", 0xCA, 0xFD, 13.0),
)
"""The levels into which GB 2312, Big5, JIS X 0208 and KS X 1001 sort characters by how common they are."""


def sentences(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Language and line, for each line that is to be learned."""
    for number, folder in enumerate(folders):
        for path in sorted(folder.glob("*.txt")):
            lines = path.read_text(encoding="utf-8").split("\n")
            language = MERGED.get(path.stem, path.stem)
            for line in lines[: len(lines) // 2] if number else lines:
                yield language, unicodedata.normalize("NFC", line)


def weighted_words(language: str) -> Iterator[tuple[str, int]]:
    """The words of the shipped list with weights as if they came from 200,000 words of running text."""
    from summitfix import words

    listed = {"zh-hans": "zh"}.get(language, language)
    if words.PATH.exists() and listed in words.LANGUAGES:
        for word, zipf in sorted(words.table(listed).items()):
            yield word, max(1, round(10 ** (zipf - 9) * 200_000))


def count(folders: Iterable[Path]) -> dict[str, dict[str, Counter[str]]]:
    """Section (a script's name, or a language of Han or Hangul) -> language -> pair of folded characters -> how often."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    learned = set()
    for language, line in sentences(folders):
        learned.add(language)
        add(counts, language, line, 1)
    for language in sorted(learned):
        for word, weight in weighted_words(language):
            if not re.search("[a-z]*a", marks(word)):  # of Latin words only those with accents are listed: that would be a bent picture
                add(counts, language, word, weight)
    for section in list(counts):
        for language in list(counts[section]):
            # A language's sentences quote foreign words: a section holds only the languages that are written in its script.
            total = sum(sum(other[language].values()) for other in counts.values() if language in other)
            if sum(counts[section][language].values()) < 0.2 * total:
                del counts[section][language]
    return {section: languages for section, languages in counts.items() if languages}


def add(counts: dict[str, dict[str, Counter[str]]], language: str, line: str, weight: int) -> None:
    """Count the pairs of each run of one script in `line`."""
    line = fold(line)
    for run in re.finditer(r"[jk]+|([a-ilmno-z])\1*", marks(line)):
        word = EDGE + line[run.start() : run.end()] + EDGE
        ideographic = run[0][0] in "jk"
        if ideographic and language not in IDEOGRAPHIC:
            continue
        section = language if ideographic else NAMES[run[0][0]]
        pairs = counts[section][language]
        for i in range(len(word) - 1):
            pairs[word[i : i + 2]] += weight


def running(language: str, lines: Sequence[str], size: int) -> Counter[str]:
    """How often `size` characters stand in a row: in the lines, the edges of each run among them, and within listed words, weighted."""
    found: Counter[str] = Counter()
    for line in lines:
        folded = fold(line)
        for run in re.finditer("[jk]+", marks(folded)):
            text = EDGE + folded[run.start() : run.end()] + EDGE
            found.update(text[i : i + size] for i in range(len(text) - size + 1))
    weighted: dict[str, float] = defaultdict(float, found)
    for word, weight in spelled_words(language, lines):
        for i in range(len(word) - size + 1):
            weighted[word[i : i + size]] += weight
    return Counter(weighted)


def spelled_words(language: str, lines: Iterable[str]) -> Iterator[tuple[str, float]]:
    """The listed words of Han, kana and Hangul with weights as if they came from 200,000 words of running text.

    The list of Chinese holds simplified forms; their traditional ones are spelled with the characters that are commonest in `lines`.
    """
    from summitfix import words

    spelled: dict[int, str] = {}
    if language == "zh-hant":
        seen = Counter("".join(lines))
        for code, char in words.simplified().items():
            if seen[chr(code)] > seen[spelled.get(ord(char), char)]:
                spelled[ord(char)] = chr(code)
    for word, zipf in sorted(words.table(language).items()):
        if re.fullmatch("[jk]+", marks(word)):
            yield word.translate(spelled), 10 ** (zipf - 9) * 200_000


def third(pairs: Counter[str], triples: Counter[str], least: float) -> tuple[dict[str, object], bytes]:
    """The section of what follows two characters: these, the cost of backing off from each, how many follow it; then those, and their costs."""
    model = Smoothed(pairs, {char for pair in pairs for char in pair})
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for triple, n in triples.items():
        totals[triple[:2]] += n
        kinds[triple[:2]] += 1
    kept: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for triple, n in sorted(triples.items()):
        head, lower = triple[:2], model.pair(triple[1:])
        nats = -math.log((n + kinds[head] * math.exp(-lower)) / (totals[head] + kinds[head]))
        if n > least and nats < lower - TELLING:
            kept[head].append((triple[2], quantize(nats)))
    heads = sorted(kept)
    back = bytes(quantize(-math.log(kinds[head] / (totals[head] + kinds[head]))) for head in heads)
    lengths = b"".join(len(kept[head]).to_bytes(2, "little") for head in heads)
    tails = "".join(tail for head in heads for tail, _ in kept[head])
    costs = bytes(cost for head in heads for _, cost in kept[head])
    return {"heads": len(heads), "tails": len(tails)}, "".join(heads).encode("utf-32-le") + back + lengths + tails.encode("utf-32-le") + costs


def quantize(nats: float) -> int:
    """A cost as one byte, in steps of 1/SCALE nat."""
    return min(255, max(0, round(nats * SCALE)))


class Smoothed:
    """Interpolated (Witten-Bell) pair probabilities of one language."""

    def __init__(self, pairs: Counter[str], alphabet: Iterable[str]) -> None:
        self.pairs = pairs
        self.heads: Counter[str] = Counter()
        self.tails: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        for pair, n in pairs.items():
            self.heads[pair[0]] += n
            self.tails[pair[1]] += n
            self.kinds[pair[0]] += 1
        self.total = sum(self.tails.values())
        self.size = len(set(alphabet)) or 1

    def single(self, char: str) -> float:
        """-log P(char), whatever stands before it. A letter never seen shares the mass of half a count with all others."""
        return -math.log((self.tails[char] + 0.5 / self.size) / (self.total + 0.5))

    def back(self, head: str) -> float:
        """-log of the mass that `head` leaves to pairs never seen."""
        n, kinds = self.heads[head], self.kinds[head]
        return -math.log(kinds / (n + kinds)) if n else 0.0

    def pair(self, pair: str) -> float:
        """-log P(second | first)."""
        n, kinds = self.heads[pair[0]], self.kinds[pair[0]]
        seen = self.pairs[pair] / (n + kinds) if n else 0.0
        return -math.log(seen + math.exp(-self.back(pair[0]) - self.single(pair[1])))


def alphabetic(counts: dict[str, Counter[str]]) -> tuple[dict[str, object], bytes]:
    """The section of a script: its languages, letters, pairs; then the costs of each letter alone, of backing off, and of each pair, a byte a language."""
    languages = sorted(language for language, pairs in counts.items() if sum(pairs.values()) >= 3_000)
    letters = sorted({char for language in languages for pair, n in counts[language].items() if n >= 2 for char in pair})
    models = [Smoothed(counts[language], letters) for language in languages]
    pairs = sorted({pair for language in languages for pair, n in counts[language].items() if n >= LEAST_PAIR["alphabetic"]})
    body = b"".join(bytes(quantize(model.single(letter)) for model in models) for letter in letters)
    body += b"".join(bytes(quantize(model.back(letter)) for model in models) for letter in letters)
    body += b"".join(bytes(quantize(model.pair(pair)) for model in models) for pair in pairs)
    return {"languages": languages, "letters": "".join(letters), "pairs": len(pairs)}, "".join(pairs).encode("utf-32-le") + body


def levels(language: str) -> dict[str, float]:
    """The characters that a national standard sorts into levels, with the least that each costs."""
    floor: dict[str, float] = {}
    for row_language, codec, first, last, nats in LEVELS:
        if row_language == language:
            for lead in range(first, last + 1):
                for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                    char = bytes((lead, trail)).decode(codec, "ignore")
                    if len(char) == 1 and marks(char) in "jk":
                        floor.setdefault(char, nats)
    return floor


def ideographic(language: str, pairs: Counter[str], least: float) -> tuple[dict[str, object], bytes]:
    """The section of a language: characters with the costs of each alone and of backing off from it; then for each first character its seconds."""
    floor = levels(language)
    chars = sorted({char for pair in pairs for char in pair} | floor.keys())
    model = Smoothed(pairs, chars)
    single = bytes(quantize(min(model.single(char), floor.get(char, 14.0)) if model.tails[char] < 3 else model.single(char)) for char in chars)
    back = bytes(quantize(model.back(char)) for char in chars)
    seconds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for pair, n in sorted(pairs.items()):
        if n >= least:
            seconds[pair[0]].append((pair[1], quantize(model.pair(pair))))
    lengths = b"".join(len(seconds.get(char, ())).to_bytes(2, "little") for char in chars)
    tails = "".join(tail for char in chars for tail, _ in seconds.get(char, ()))
    costs = bytes(cost for char in chars for _, cost in seconds.get(char, ()))
    body = "".join(chars).encode("utf-32-le") + single + back + lengths + tails.encode("utf-32-le") + costs
    return {"languages": [language], "chars": len(chars), "tails": len(tails)}, body


def build(folders: Sequence[Path]) -> bytes:
    """The whole file."""
    index: dict[str, dict[str, object]] = {}
    blobs = []
    offset = 0
    counted = count(folders)
    sections = {
        name: ideographic(name, counts[name], LEAST_PAIR["ideographic"]) if name in IDEOGRAPHIC else alphabetic(counts) for name, counts in counted.items()
    }
    lines: dict[str, list[str]] = defaultdict(list)
    for language, line in sentences(folders):
        lines[language].append(line)
    for language in sorted(lines.keys() & set(IDEOGRAPHIC)):
        pairs, triples, least = running(language, lines[language], 2), running(language, lines[language], 3), LEAST_RUNNING[language]
        sections[f"{language} running"] = ideographic(language, pairs, least)
        sections[f"{language} third"] = third(pairs, triples, least)
    for section, (header, body) in sorted(sections.items()):
        blob = zlib.compress(body, 9)
        index[section] = {**header, "offset": offset, "length": len(blob)}
        blobs.append(blob)
        offset += len(blob)
    return json.dumps(index, ensure_ascii=False, sort_keys=True).encode() + b"\n" + b"".join(blobs)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(str(__doc__))
    data = build([Path(folder) for folder in sys.argv[1:]])
    (HERE / "model.bin").write_bytes(data)
    print(f"model.bin: {len(data):,} bytes")
