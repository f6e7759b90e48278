"""Damage the articles of this folder the way real ones are, and write down what was done.

    python samples/make.py

From each `<name>.expected.txt` comes `<name>.damaged.txt` and `<name>.json`, the list of what was done to it. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def inject(text: str, place: str, keyword: str) -> str:
    """Put spam on a line of its own into the middle of a word, as on hacked boards; `place` is the word with a bar where it breaks.

    A place that begins with the bar is a paragraph's first word, to which the keyword is glued.
    """
    head, tail = place.split("|")
    if not head:
        at = text.index(f"\n{tail}") + 1
        return text[:at] + keyword + text[at:]
    at = text.index(head + tail) + len(head)
    return f"{text[:at]}\n{keyword} {text[at:]}"


def misread(text: str, meant: str, read: str) -> str:
    """`text` written in one codec and read in another; what the first lacks is lost to a question mark."""
    import ftfy.bad_codecs  # noqa: F401  (registers the codecs as browsers have them)

    return text.encode(meant, "replace").decode(read)


def half_redecode(text: str) -> str:
    """What a fixer leaves that knows nothing but UTF-8: byte runs that happen to be valid UTF-8 decoded, the rest as it was."""
    import ftfy

    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


def lines_of(text: str, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The lines of these numbers, counted from 0."""
    lines = text.split("\n")
    yield from ((number, lines[number]) for number in numbers)


def damage(text: str, steps: Sequence[dict[str, Any]]) -> str:
    """`text` after all steps. Each names what is done (`do`) and, if not to the whole text, to which `lines`."""
    for step in steps:
        if step["do"] == "inject":
            text = inject(text, step["place"], step["keyword"])
            continue
        lines = text.split("\n")
        for number, line in lines_of(text, step.get("lines", range(len(lines)))):
            if step["do"] == "misread":
                lines[number] = misread(line, step["meant"], step["read"])
            elif step["do"] == "half-redecode":
                lines[number] = half_redecode(line)
            elif step["do"] == "lose":
                lines[number] = "".join("?" if character in step["characters"] else character for character in line)
            else:
                raise ValueError(f"nobody knows how to {step['do']!r}")
        text = "\n".join(lines)
    return text


RECIPES: dict[str, list[dict[str, Any]]] = {
    "article": [
        {"do": "inject", "place": "gener|ation", "keyword": "야마토게임연타"},
        {"do": "inject", "place": "|Mayor Anna", "keyword": "바다이야기릴게임"},
        {"do": "inject", "place": "pub|lic", "keyword": "황금성사이트주소"},
        {"do": "inject", "place": "tol|d", "keyword": "온라인카지노꽁머니"},
        {"do": "misread", "meant": "cp949", "read": "sloppy-windows-1252"},
        {"do": "half-redecode"},
    ],
    "bakery": [{"do": "misread", "meant": "utf-8", "read": "sloppy-windows-1252", "lines": [0, 1, 3, 4, 6]}],
    "bridge": [
        {"do": "misread", "meant": "cp1251", "read": "latin-1", "lines": [1, 4, 5, 6]},
        {"do": "inject", "place": "паром|щик", "keyword": "릴게임추천사이트"},
    ],
    "library": [{"do": "misread", "meant": "cp932", "read": "sloppy-windows-1252"}],
}


def main() -> None:
    """Write all samples."""
    for name, steps in RECIPES.items():
        text = (HERE / f"{name}.expected.txt").read_text(encoding="utf-8")
        with (HERE / f"{name}.damaged.txt").open("w", encoding="utf-8", newline="\n") as file:
            file.write(damage(text, steps))
        with (HERE / f"{name}.json").open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps({"article": f"{name}.expected.txt", "steps": steps}, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
