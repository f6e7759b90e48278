"""Every regular expression of the package against text made to stop it: does its time grow with the text, or faster?

    python tests/patterns.py [SECONDS]

`re.compile` is watched while all modules are imported, all tables are built and the command and the library do their work, so that no expression is
missed; a call of `re` in the source that was never reached is an error. Of the syntax tree of each expression pieces are made that it matches, and of these
attacks: a beginning, a piece over and over, an end that spoils it. An expression is tried the way the source uses it (`match` at one place, `search` and
its kin at all), on three sizes, in processor time, and what seems to grow faster than the text is measured again before it is believed.

SECONDS is how long to search in all; without it a fixed small set of attacks is tried. Prints what was found; exits 1 if that is anything.
"""

from __future__ import annotations

import ast
import importlib
import io
import os
import pkgutil
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parents[1] / "summitfix"

SIZES = 4_000, 16_000, 64_000
"""Characters of an attack."""

SLOW = 0.01
"""Seconds from which the middle one of SIZES is worth a second look: a linear expression takes a twentieth of that, a quadratic one ten times as long."""

LEAST = 0.1
"""Seconds that the largest attack must take before it is worth a word."""

GROWTH = 8.0
"""By how much the time may grow where the text grows fourfold. What is quadratic takes sixteen times as long."""

TURNS = 4
"""Attacks on each expression where nobody said how long to search."""

PATIENCE = 1.0
"""Seconds after which an attack is over."""

SCANNING = {"search", "finditer", "findall", "sub", "subn", "split"}

BOUNDED = {
    # file, name of the expression: why what it is given is never long, or not given so
    ("passes/glyphs/clauses.py", "AMOUNT"): "the 12 characters before a mark",
    ("rereading/escapes.py", "_PARAMETER"): "the 200 characters before a match",
    ("passes/glyphs/clauses.py", "START"): "the 300 characters before a mark",
    ("passes/glyphs/evidence.py", ""): "the 30 characters around a mark",
    ("passes/glyphs/evidence.py", "left"): "the same",
    ("passes/glyphs/guards.py", ""): "the 120 characters around a mark, or a block of 256",
    ("passes/glyphs/letters.py", "SENTENCE"): "the 20 characters before a mark",
}

MADE = {"passes/glyphs/spelling.py": 20, "passes/spam/spans.py": 20, "rereading/wear.py": 30}
"""How many expressions to try of a file that makes them of the words of a text, or of the signs of a codec, all alike."""

USED = {
    # file, name: how expressions are used that the source hands around without a name
    ("globs.py", ""): frozenset({"match"}),
    ("passes/glyphs/rows.py", ""): frozenset({"match"}),  # but for what looks at the 60 characters before a mark
}

UNREACHED = {
    # call of `re` in the source: why it is not reached here
    "data/build.py": "builds the model",
    "data/build_words.py": "builds the word list",
    "passes/spam/build_screen.py": "builds the screen",
}


class Shipped(NamedTuple):
    """An expression: its source and flags, where it is compiled, what it is called, and the methods by which it is used."""

    pattern: str | bytes
    flags: int
    place: str
    name: str
    methods: frozenset[str]


class Finding(NamedTuple):
    """An attack that worked: seconds for each of SIZES."""

    shipped: Shipped
    method: str
    attack: tuple[str, str, str]
    seconds: list[float]

    def __str__(self) -> str:
        beginning, piece, end = self.attack
        times = ", ".join(f"{second:.2f}" for second in self.seconds)
        return f"{self.shipped.place} {self.shipped.name}.{self.method}: {beginning!r} + {piece!r} * n + {end!r}: {times} s\n    {self.shipped.pattern!r}"


# Which expressions there are


def shipped() -> list[Shipped]:
    """All expressions of the package. Raises AssertionError if a call of `re` was never reached."""
    seen: dict[tuple[str, int], set[tuple[str | bytes, int]]] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: int) -> Any:
        frame = sys._getframe(1)
        while frame.f_code.co_filename == re.__file__ and frame.f_back:
            frame = frame.f_back
        if isinstance(pattern, str | bytes) and frame.f_code.co_filename.startswith(str(PACKAGE)):
            place = frame.f_code.co_filename[len(str(PACKAGE)) + 1 :], frame.f_lineno
            seen.setdefault(place, set()).add((pattern, int(flags)))
        return compile_(pattern, flags)

    re._compile = watched  # type: ignore[attr-defined]
    try:
        _exercise()
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    calls, uses = _calls()
    unreached = [
        f"{path}:{first}" for path, first, last, _, _ in calls if path not in UNREACHED and not any((path, line) in seen for line in range(first, last + 1))
    ]
    assert not unreached, f"these expressions are never compiled here: {', '.join(unreached)}"
    found = []
    for (path, line), patterns in sorted(seen.items()):
        if path in UNREACHED:
            continue
        name, method = next(((name, method) for where, first, last, name, method in calls if where == path and first <= line <= last), ("", "compile"))
        methods = (
            frozenset(uses.get(_key(PACKAGE / path, name)) or set().union(*(uses[key] for key in uses if key.endswith(f":{name}"))))
            if method == "compile" and name
            else frozenset({method})
        )
        methods = USED.get((path, name), methods)
        found += [
            Shipped(pattern, flags, f"{path}:{line}", name, methods - {"compile"} or frozenset({"finditer", "match"}))
            for pattern, flags in sorted(patterns, key=str)[: MADE.get(path)]
        ]
    return found


def _calls() -> tuple[list[tuple[str, int, int, str, str]], dict[str, set[str]]]:
    """The calls of `re` in the source (file, first and last line, the name they are given, the function), and the methods used of each name."""
    calls, uses = [], {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named, inline = {}, {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                named.update({id(inner): target.id for inner in ast.walk(node.value) if isinstance(target, ast.Name)})
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
                inline[id(node.value)] = node.attr  # re.compile(…).match
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in {*SCANNING, "compile", "match", "fullmatch"}:
                    name = named.get(id(node), "")
                    calls.append((str(path.relative_to(PACKAGE)), node.lineno, node.end_lineno or node.lineno, name, inline.get(id(node), node.func.attr)))
                    if node.args and isinstance(node.args[0], ast.Name):
                        uses.setdefault(_key(path, node.args[0].id), set()).add(node.func.attr)
            if isinstance(node, ast.Attribute) and node.attr in {*SCANNING, "match", "fullmatch"}:
                owner = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                if isinstance(owner, ast.Name | ast.Attribute):
                    uses.setdefault(_key(path, owner.id if isinstance(owner, ast.Name) else owner.attr), set()).add(node.attr)
    return calls, uses


def _key(path: Path, name: str) -> str:
    """What the uses of a name in one file are known by."""
    return f"{path.relative_to(PACKAGE)}:{name}"


def _exercise() -> None:
    """Import everything, build every table, and let the command and the library do their work."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "summitfix."):
        if not module.name.startswith(("summitfix.scale.", "summitfix.__main__")):
            importlib.import_module(module.name)
    from sentences import SENTENCES

    import summitfix
    from summitfix import codecs, core, fields, globs, terminal
    from summitfix.passes.glyphs import quotes
    from summitfix.passes.glyphs.marks import Mark
    from summitfix.passes.spam import evidence
    from summitfix.passes.spam.page import Page
    from summitfix.rereading import STEPS, wear
    from summitfix.rules import names, rule

    for name in names():
        rule(name)
    for step in STEPS:
        codec = codecs.ISLANDS.get(step.read, step.read)
        if codec not in codecs.MULTI_BYTE:
            codecs.repertoire(codec)
            for build in wear.plain, wear.whole, wear.screen:
                with suppress(KeyError, LookupError, ValueError):
                    build(codec)
    for text, *_ in SENTENCES.values():
        for damaged in text, text.encode("utf-8").decode("latin-1"), text.encode("ascii", "replace").decode(), text.encode("utf-8").decode("cp949", "replace"):
            summitfix.repair(damaged)
    samples = [path.read_bytes() for path in sorted((PACKAGE.parent / "samples").glob("*.damaged.*"))]
    for data in samples:
        summitfix.repair(summitfix.decode(data).text)
    for codec, language in (
        ("cp1251", "ru"),
        ("cp949", "ko"),
        ("cp1253", "el"),
        ("utf-16-le", "fr"),
        ("cp1252", "fr"),
        ("shift_jis", "ja"),
        ("utf-16-le", "ja"),
        ("utf-16-le", "ru"),
    ):
        data = "\n".join(SENTENCES[language]).encode(codec, "replace")
        for whole in data, data + b" \x81\xff ", data[:30] + b"\x01" + data:
            with suppress(summitfix.SummitfixError):
                summitfix.repair(summitfix.decode(whole).text)
    for text in ATTENDED:
        summitfix.repair(text)
        summitfix.decode(text.encode("utf-8", "surrogateescape"))
        terminal.visible(text)
    page = Page("今天天气很好，我们去公园散步，然后回家吃饭，晚上再看书。飞机：@shop88 123456.com @shop99 好", {})
    assert page.language == "zh" and evidence.contacts(page, 0, len(page.plain))
    assert quotes.inverted("?Vienes conmigo? Ya.", Mark(0, 1, "?"))
    fields.repair('{"a": "b", "c": ["caf\\u00c3\\u00a9"]}', ["a", "c"], partial(core.repair, chain=summitfix.CHAIN))
    with tempfile.TemporaryDirectory() as folder:
        _command(Path(folder), samples)
    globs.Patterns("/", ["*.a", "[!a-c]"]).match("/b.a")


ATTENDED = (
    "summitfix: ignore\n",
    "So said the miller\n릴게임 몰메가 and he left.",
    "เรานั่งเล่นอยู่ริมน้ำ sagame จนถึงเย็น",
    "• one egg\n• two eggs\n? three eggs\n? four eggs\n",
    "Die Regierung sagte, die ?nderung der ?berpr?fung sei n?tig, und die ?bung f?r alle sch?n.\n",
    "飞机 @shop88 qq: 123456.com @shop99 博彩 www.example-888.com @abc777\n今天天气很好，我们去公园散步。明天也去。\n",
    "=D0=B0=D0=B7=D1=83=D0=BD and =D1=82=D0=B5=D1=81=D0=BA=D0=B0\n",
    "The Zeitung?s Ver?nderung, 5?7 pages (see A?B), caf\x19 and \x1cso\x1d, the men?s; J. Smith, ?Who? x?, 12?15 and a ? b.\n",
    "caf=C3=A9 and donu2019t, cu00e9u00e8 and =E2=80=99, u0440u0443u0441\n",
    "The codec cp1252 shows `â€œ` for “.\nHe said â€œ so.\n",
    "바다이야기 casino 線上賭場 슬롯 추천 The lights wen\n카지노 슬롯 추천 t out in the 百家樂 hall.\n",
)
"""Text for what the sentences do not reach."""


def _command(folder: Path, samples: list[bytes]) -> None:
    """Let the command show, explain, record and write a damaged text."""
    from summitfix import cli

    (folder / "a.txt").write_bytes(b"\n\n".join([*samples, *map(str.encode, ATTENDED), b"caf\xff"]))
    (folder / "below").mkdir()
    (folder / "below" / "pyproject.toml").write_text('[tool.summitfix]\n"sel\\u0063tt" = []\n', encoding="utf-8")
    (folder / "below" / "b.txt").write_text("x\n", encoding="utf-8")
    (folder / ".summitfix.toml").write_text('spam-file = "rows.toml"\n', encoding="utf-8")
    (folder / "rows.toml").write_text('[[family]]\nname = "pets"\nlanguage = "en"\nstrong = "discount llamas"\n', encoding="utf-8")
    here = os.getcwd()
    os.chdir(folder)
    try:
        for arguments in (
            ["a.txt"],
            ["below/b.txt"],
            ["--config", "rows.toml", "a.txt"],
            ["--isolated", "a.txt"],
            ["--isolated", "--explain", "a.txt"],
            ["--isolated", "--format", "sarif", "a.txt"],
            ["--isolated", "--report", "page.html", "--meant", "utf-8", "--read", "cp1252", "a.txt"],
            ["--isolated", "-w", "--backup", ".orig", "."],
        ):
            with redirect_stdout(io.TextIOWrapper(io.BytesIO())), redirect_stderr(io.StringIO()), suppress(Exception):
                cli._main(arguments)
    finally:
        os.chdir(here)


# What they are attacked with

_parser = re._parser if hasattr(re, "_parser") else importlib.import_module("sre_parse")  # type: ignore[attr-defined]

SPOILERS = "", "\x00", "!", "\n", "x", "é", "?", " ", "\uffff"
"""Ends of an attack: what most expressions do not go on with."""

CATEGORIES = {"DIGIT": "7", "NOT_DIGIT": "a", "SPACE": " ", "NOT_SPACE": "a", "WORD": "a", "NOT_WORD": "."}


class Pieces:
    """Makes strings that an expression matches, or parts of it, at random."""

    def __init__(self, pattern: str | bytes, flags: int, chance: random.Random) -> None:
        self.chance = chance
        self.groups: dict[int, str] = {}
        self.tree = list(_parser.parse(pattern if isinstance(pattern, str) else pattern.decode("latin-1"), flags & ~re.LOCALE))

    def attacks(self) -> Iterator[tuple[str, str, str]]:
        """Endless attacks: a beginning, a piece to be repeated, an end."""
        parts = list(self._parts(self.tree, ""))
        signs = sorted({sign for _, piece in parts for sign in piece}) or ["a"]
        while True:
            beginning, piece = self.chance.choice(parts)
            shape = self.chance.random()
            if shape < 0.35:
                piece = self.chance.choice(signs)
            elif shape < 0.5:
                piece = "".join(self.chance.choice(signs) for _ in range(self.chance.randint(2, 4)))
            elif shape < 0.65:
                piece = self._all(self.tree)[: self.chance.randint(1, 12)]
            elif shape < 0.75:
                piece += self.chance.choice(parts)[1]
            yield ("" if self.chance.random() < 0.5 else beginning), piece or self.chance.choice(signs), self.chance.choice(SPOILERS)

    def _parts(self, tree: Any, before: str) -> Iterator[tuple[str, str]]:
        """What stands before each part, and the part."""
        for node in tree:
            made = self._one(node)
            yield before, made
            name, argument = str(node[0]), node[1]
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                for _ in range(2):
                    yield before, self._all(argument[2])
                yield from self._parts(argument[2], before)
            elif name == "SUBPATTERN":
                yield from self._parts(argument[3], before)
            elif name == "BRANCH":
                for branch in argument[1]:
                    yield from self._parts(branch, before)
            elif name in ("ASSERT", "ATOMIC_GROUP"):
                yield from self._parts(argument[1] if name == "ASSERT" else argument, before)
            before += made

    def _all(self, tree: Any) -> str:
        return "".join(map(self._one, tree))

    def _one(self, node: Any) -> str:
        """A string that a node matches, or nearly."""
        name, argument = str(node[0]), node[1]
        if name == "LITERAL":
            return chr(argument)
        if name == "NOT_LITERAL":
            return "a" if argument != ord("a") else "b"
        if name == "ANY":
            return self.chance.choice("a .")
        if name == "IN":
            return self._member(argument)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, body = argument
            return "".join(self._all(body) for _ in range(self.chance.choice((least, min(int(most), least + 1), min(int(most), least + 3)))))
        if name == "SUBPATTERN":
            self.groups[argument[0]] = made = self._all(argument[3])
            return made
        if name == "BRANCH":
            return self._all(self.chance.choice(argument[1]))
        if name == "GROUPREF":
            return self.groups.get(argument, "")
        if name == "ATOMIC_GROUP":
            return self._all(argument)
        if name == "ASSERT" and argument[0] > 0 and self.chance.random() < 0.3:
            return self._all(argument[1])
        return ""

    def _member(self, items: Any) -> str:
        """A member of a set."""
        if str(items[0][0]) == "NEGATE":
            without = {chr(item[1]) for item in items if str(item[0]) == "LITERAL"}
            for _ in range(20):
                sign = self.chance.choice("aZ5 .é中?'\"-_<я\t\x85")
                if sign not in without:
                    return sign
        name, argument = self.chance.choice(items)
        if str(name) == "RANGE":
            return chr(self.chance.choice((argument[0], argument[1], self.chance.randint(*argument))))
        if str(name) == "CATEGORY":
            return CATEGORIES.get(str(argument).removeprefix("CATEGORY_"), "a")
        return chr(argument) if isinstance(argument, int) else "a"


# How long they take


class _OutOfPatience(Exception):
    pass


def _stop(*_: object) -> None:
    raise _OutOfPatience


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work, PATIENCE at most."""
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        work()
    except _OutOfPatience:
        return PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begin


def used(pattern: re.Pattern[Any], method: str, text: Any) -> Callable[[], object]:
    """The use of an expression on a text; `search` goes on behind what it found, as those do that find all."""
    if method in SCANNING:
        return lambda: sum(1 for _ in pattern.finditer(text))
    return lambda: getattr(pattern, method)(text)


def tried(one: Shipped, method: str, attack: tuple[str, str, str], turns: int = 2) -> Finding | None:
    """What comes of an attack, if time grows faster than the text in every turn."""
    pattern = re.compile(one.pattern, one.flags)
    texts: list[Any] = []
    for size in SIZES:
        text = attack[0] + attack[1] * (size // len(attack[1])) + attack[2]
        texts.append(text if isinstance(one.pattern, str) else text.encode("latin-1", "replace"))
    if seconds(used(pattern, method, texts[1])) < SLOW:
        return None
    for _ in range(turns):
        times = []
        for text in texts:
            times.append(seconds(used(pattern, method, text)))
            if times[-1] >= PATIENCE:
                break
        if times[-1] < PATIENCE and (times[-1] < LEAST or times[-1] < GROWTH * times[-2]):
            return None
    return Finding(one, method, attack, times)


def attacked(one: Shipped, seed: str, turns: int | None = None, budget: float = 0.0) -> tuple[Finding | None, int]:
    """The first attack on an expression that works, of so many, or of those that `budget` seconds have room for; and how many were tried."""
    signal.signal(signal.SIGVTALRM, _stop)
    begin, count = time.process_time(), 0
    for turn, attack in enumerate(Pieces(one.pattern, one.flags, random.Random(seed)).attacks()):
        if turn == turns or (turns is None and time.process_time() - begin > budget):
            break
        for method in sorted({"finditer" if method in SCANNING else method for method in one.methods}):
            count += 1
            if found := tried(one, method, attack):
                return found, count
    return None, count


def main(budget: float | None) -> int:
    """Attack all expressions, each for its share of `budget` seconds, or TURNS times; the exit code."""
    sys.path.insert(0, str(Path(__file__).parent))
    known = shipped()
    print(f"{len(known)} expressions, compiled at {len({one.place for one in known})} places", flush=True)
    seed = 20 if budget is None else time.time_ns()
    total, findings = 0, 0
    for number, one in enumerate(known):
        if any(one.place.startswith(f"{path}:") and one.name == name for path, name in BOUNDED):
            continue
        found, count = attacked(one, f"{seed} {number}", *((TURNS,) if budget is None else (None, budget / len(known))))
        total += count
        if found:
            findings += 1
            print(found, flush=True)
    print(f"{total:,} attacks, {time.process_time():.0f} s, seed {seed}: {findings} expressions can be stopped")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else None))
