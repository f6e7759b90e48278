"""A page for each pass and for each rule that a reason can name: what it repairs, and how that looks.

The pages are made of what the passes say of themselves: the docstring of a pass, the rows of its tables with their examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from summitfix.chain import CHAIN
from summitfix.core import SummitfixError
from summitfix.passes.glyphs.rows import ROWS
from summitfix.passes.spam.evidence import CUT, FLAG, POINTS
from summitfix.passes.spam.rows import families, packaged
from summitfix.rereading import NOTES, STEPS
from summitfix.rereading.rows import DAMAGED, MEANT, READ, nats, told_of
from summitfix.retelling import chain_named, misread, retold
from summitfix.terminal import visible, wide, wrapped


class Rule(NamedTuple):
    """A page: the name of a rule or pass, one sentence, and the rest in lines of at most 80 columns."""

    name: str
    summary: str
    help: str

    @property
    def text(self) -> str:
        """The whole page."""
        return "\n".join([self.name, "", *wrapped(self.summary), "", self.help, ""])


SAMPLES = {
    # codec: some text in it, for examples
    "utf-8": "“café” – naïve",
    "cp1251": "Добрый день",
    "cp1250": "Žluťoučký kůň",
    "cp1252": "“Señor” – déjà vu…",
    "cp1254": "Güneş ışığı",
    "cp949": "야구 연습",
    "gbk": "今天天气很好",
    "cp932": "こんにちは",
    "big5": "歡迎光臨",
    "koi8-r": "Добрый день",
    "iso-8859-2": "Zażółć gęślą jaźń",
    "cp1253": "Καλημέρα",
    "cp1255": "שלום עולם",
    "cp1256": "صباح الخير",
    "cp1257": "Labās ziņas, ąžuole",
    "cp874": "สวัสดี",
    "euc-jp": "こんにちは",
    "cp850": "Zürich, Málaga, Århus",
    "cp866": "Добрый день",
    "mac-roman": "“Crème brûlée”",
    "cp437": "Zürich, Málaga",
    "iso-8859-7": "Καλημέρα",
    "iso-8859-9": "Güneş ışığı",
    "koi8-u": "Добрий вечір, їжаче",
    "cp852": "Žluťoučký kůň",
    "cp1258": "Cà phê đen",
    "tcvn3": "Cà phê sữa đá",
    "iso-8859-13": "Labās ziņas, ąžuole",
    "iso-8859-15": "Œuvre à 5 €",
    "mac-centraleurope": "Žluťoučký kůň",
    "viscii": "Cà phê sữa đá",
    "iso-8859-5": "Добрый день",
    "cp855": "Добрый день",
    "mac-cyrillic": "Добрый день",
    "big5-hkscs": "歡迎光臨",
}

SPELLED = {
    "mojibake.escape-without-backslash": ("Rudolphu2019s", "Rudolph’s"),
    "mojibake.quoted-printable": ("caf=C3=A9", "café"),
}

GLYPHS = {
    # rule: what is restored
    "contraction": "the apostrophe of a contraction",
    "clock": "the apostrophe of a time of day",
    "possessive": "the apostrophe of a genitive",
    "plural-possessive": "the apostrophe behind the s of a plural",
    "decade": "the apostrophe of a decade",
    "name": "the apostrophe of a name",
    "elision": "the apostrophe of an elision or a plural",
    "suffix": "the apostrophe before a Turkish suffix",
    "soft-sign": "the apostrophe of a Ukrainian word",
    "dateline": "the dash behind a dateline",
    "word": "a word of one accented letter",
    "clause": "the dash between clauses",
    "joined-clauses": "the dash between clauses that it joins without spaces",
    "years": "the dash between years",
    "pages": "the dash between pages, chapters, ages",
    "numbers": "the dash between numbers",
    "months": "the dash between months or days",
    "degree": "the sign of degrees",
    "copyright": "the sign of copyright",
    "letter": "a letter beyond ASCII inside a word",
    "low-byte": "a glyph of which the low byte of its code point is left, a control character",
    "inverted": "the sign before a Spanish or Galician question or exclamation",
    "speech": "the dash before what is said, or before who says it",
    "price": "the sign of a currency beside a price",
    "sum": "the sign of a currency beside a sum",
    "bullet": "the bullets of a list",
    "quote": "an opening quotation mark",
    "closing-quote": "a closing quotation mark",
}

MORE = {
    "bullet": "Several lines of a list begin with the same mark, or another line of the text has its bullet still.",
    "letter": "The word lists, or the same word undamaged elsewhere in the text, leave one letter that makes a word.",
    "low-byte": "The mark tells which glyph it was; prose around it, and its partner if it is a quotation mark, tell that it was one.",
    "inverted": "Only in a text whose language opens questions so.",
    "quote": "Two marks that open and close something, in the quotation marks that the text uses elsewhere.",
    "closing-quote": "Two marks that open and close something, in the quotation marks that the text uses elsewhere.",
}

SPAM = {
    "unknown": ("What no family of phrases covers: spans that are known by where they stand, by hidden markup or by disguised letters.", ""),
    "boilerplate": (
        "The furniture of a site between paragraphs.",
        "Exact full lines only, beside running text. They are shown, and cut only with --boilerplate.",
    ),
    "split-word": (
        "A line break inside a word, with nothing between.",
        "Looked for in texts where spam split another word. Shown, never joined: what stood there may still stand elsewhere.",
    ),
}


def rule(name: str) -> Rule:
    """The page called `name`. Raises SummitfixError if there is none, with the names that are alike."""
    family, dot, rest = name.partition(".")
    page = _PASSES[family](name, rest) if dot and family in _PASSES else _whole(name) if name in CHAIN else None
    if page is None:
        from difflib import get_close_matches

        known = list(names())
        like = [other for other in known if other.endswith(f".{name}")] or get_close_matches(name, known, 3, 0.6)
        hint = f"did you mean {', '.join(like[:-1])}{' or ' * (len(like) > 1)}{like[-1]}?" if like else f"the passes are {', '.join(CHAIN)}"
        raise SummitfixError(f"no rule is called {name!r}; {hint}")
    return page


def names() -> Iterator[str]:
    """The names of all pages, but for misreadings on top of each other, whose names are joined by `+`."""
    yield from CHAIN
    yield from (f"mojibake.{step.name}" for step in STEPS)
    yield from NOTES
    yield from (f"glyphs.{kind}" for kind in GLYPHS)
    yield from (f"spam.{family}" for family in [*dict.fromkeys(row.name for row in families()), *SPAM])


def _whole(name: str) -> Rule:
    """The page of a pass: what its docstring says, and its rules."""
    summary, _, more = (CHAIN[name].__doc__ or "").partition("\n")
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", more) if part.strip() and ">>>" not in part]
    lines = [line for part in paragraphs for line in (*wrapped(part), "")]
    return Rule(name, summary, "\n".join([*lines, *(_OVERVIEWS[name]() if name in _OVERVIEWS else ())]))


# Mojibake


def _mojibake(name: str, _: str) -> Rule | None:
    """The page of one or more misreadings."""
    if name in SPELLED:
        before, after = SPELLED[name]
        return Rule(name, f"Write the characters of {NOTES[name]}.", f"  {before} -> {after}")
    chain = chain_named(name)
    if not chain:
        return None
    newest_first = tuple(reversed(chain))
    lines = []
    for label, value in retold(SAMPLES[chain[0].meant], chain):
        lines += wrapped(value.hex(" ").upper() if isinstance(value, bytes) else visible(value), f"  {label:<22}", " " * 24)
    cost = DAMAGED + nats(newest_first)
    lines += ["", *wrapped(f"Before this is believed of a text where nothing else shows it, it must make the text more likely by {cost:.1f} nats and more.")]
    return Rule(name, f"Undo {told_of(newest_first)}.", "\n".join(lines))


def _misreadings() -> Iterator[str]:
    """All rows, with an example of each codec that was meant."""
    yield from wrapped(
        "A rule is named after what happened, `cp949-as-latin-1`; what happened again stands behind a `+`. Codecs that were meant, and how they look:"
    )
    yield ""
    for codec in MEANT:
        step = min((step for step in STEPS if step.meant == codec), key=lambda step: step.nats)
        sample = SAMPLES[codec]
        yield from wrapped(f"{sample}{' ' * max(1, 24 - wide(sample))}{visible(misread(sample, (step,)))} ({step.read})", f"  {codec:<19}", " " * 21)
    yield from ("", *wrapped(f"Codecs that read them: {', '.join(READ)}."), "")
    yield from wrapped("-islands are what remains when runs that happened to be valid UTF-8 were read again as that. Other rules of this pass:")
    yield ""
    for name, (before, after) in SPELLED.items():
        yield f"  {name}: {before} -> {after}"


# Glyphs


def _glyphs(name: str, rest: str) -> Rule | None:
    """The page of a kind of glyph: the rows that find it, with their examples."""
    if rest not in GLYPHS:
        return None
    lines = wrapped(MORE[rest]) if rest in MORE else []
    for row in (row for row in ROWS if row.name.replace(" ", "-") == rest):
        glyph = {"dash": "—", "range": "–", "currency": "€"}.get(row.glyph, row.glyph)  # the habit of the text decides; most often it is this one
        said = [f"{glyph} U+{ord(glyph):04X}", f"{row.weight:+.1f} nats by itself", *([f"in {row.languages.replace(' ', ', ')}"] if row.languages else [])]
        lines += [*([""] if lines else []), *wrapped(", ".join(said))]
        for hit in row.hits:
            lines += [*wrapped(hit.replace(glyph, "?"), "  - ", "    "), *wrapped(hit, "  + ", "    ")]
        for miss in row.misses:
            lines += wrapped(visible(miss), "  = ", "    ")
    return Rule(name, f"Restore {GLYPHS[rest]}.", "\n".join(lines))


def _kinds() -> Iterator[str]:
    """The kinds of glyphs."""
    yield from wrapped("On the page of a rule, - stands before what is damaged, + before what it becomes, and = before what stays as it is.")
    yield ""
    for kind, what in GLYPHS.items():
        yield from wrapped(what, f"  glyphs.{kind:<18} ", " " * 28)


# Spam


def _spam(name: str, rest: str) -> Rule | None:
    """The page of a family of spam: its rows, with examples of what they find and what they leave."""
    rows = [row for row in families() if row.name == rest]
    if rest in SPAM:
        summary, more = SPAM[rest]
        lines = wrapped(more) if more else []
        if rest == "boilerplate":
            known: dict[str, list[str]] = {}
            for line, language in packaged().furniture:
                known.setdefault(language, []).append(line)
            lines += [line for language, found in known.items() for line in wrapped(", ".join(found), f"  {language}  ", "      ")]
        return Rule(name, summary, "\n".join(lines or _evidence()))
    if not rows:
        return None
    lines = []
    for row in rows:
        lines += [*([""] if lines else []), *wrapped(f"{row.language}: {row.note}"), *wrapped(f"Source: {row.source}")]
        lines += [line for hit in row.hits for line in wrapped(visible(hit), "  ! ", "    ")]
        lines += [line for miss in row.misses for line in wrapped(visible(miss), "  = ", "    ")]
    lines += [
        "",
        *wrapped("! stands before what speaks for this family, = before what does not. Neither is cut for what it says alone; see the page of the pass."),
    ]
    return Rule(name, f"Cut injected spam of the family {rest} ({', '.join(row.language for row in rows)}).", "\n".join(lines))


def _evidence() -> Iterator[str]:
    """What speaks for a span being spam."""
    yield from wrapped(f"A span is cut from {CUT} points on, if what it says and where it stands both speak against it; from {FLAG} points on it is shown.")
    yield ""
    yield from (f"  {points:+d}  {item}" for item, points in POINTS.items())


def _families() -> Iterator[str]:
    """The families, and what speaks for a span being of one."""
    yield from _evidence()
    yield ""
    rows: dict[str, list[str]] = {}
    for row in families():
        rows.setdefault(row.name, []).append(row.language)
    for name, languages in rows.items():
        yield from wrapped(", ".join(languages), f"  spam.{name:<18} ", " " * 26)
    for name, (summary, _) in SPAM.items():
        yield from wrapped(summary, f"  spam.{name:<18} ", " " * 26)
    yield from ("", *wrapped("Phrases were seen in public, and collected by hand with the reasons for each row: summitfix/data/spam.toml."))


_PASSES: dict[str, Callable[[str, str], Rule | None]] = {"mojibake": _mojibake, "glyphs": _glyphs, "spam": _spam}
_OVERVIEWS: dict[str, Callable[[], Iterator[str]]] = {"mojibake": _misreadings, "glyphs": _kinds, "spam": _families}
