"""Pages of rules: every name that a reason can have, has one; and its examples are true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

import summitfix
from summitfix import codecs, rules
from summitfix.core import Document, SummitfixError
from summitfix.passes.glyphs import glyphs
from summitfix.passes.glyphs.evidence import CLOSING
from summitfix.passes.glyphs.rows import ROWS
from summitfix.passes.spam.rows import families
from summitfix.rereading import STEPS
from summitfix.rereading.rows import MEANT, READ
from summitfix.rules import GLYPHS, SAMPLES, names, rule
from summitfix.terminal import wide

PACKAGE = Path(summitfix.__file__).parent
DAMAGED = sorted((PACKAGE.parent / "samples").glob("*.damaged.txt"))


def test_every_page_fits_a_terminal() -> None:
    found = list(names())
    assert len(set(found)) == len(found) > 700
    for name in found:
        page = rule(name)
        assert page.name == name and page.summary.endswith(".") and page.help.strip()
        assert max(map(wide, page.text.splitlines())) <= 80
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page.text)


@pytest.mark.parametrize("name", summitfix.CHAIN)
def test_the_page_of_a_pass_begins_with_its_docstring_and_names_its_rules(name: str) -> None:
    page = rule(name)
    assert page.summary == str(summitfix.CHAIN[name].__doc__).split("\n", 1)[0]
    flat = " ".join(page.help.split())
    assert ">>>" not in flat
    if name != "mojibake":
        assert all(other in flat for other in names() if other.startswith(f"{name}."))
    else:
        assert all(codec in flat for codec in (*MEANT, *READ))


def test_every_row_and_every_rule_that_the_code_names_has_a_page() -> None:
    literal = {
        node.value
        for path in [*PACKAGE.glob("passes/**/*.py"), *PACKAGE.glob("rereading/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(?:mojibake|glyphs|spam)\.[\w-]+", node.value)
        and node.value != "spam.toml"
    }
    assert {"mojibake.quoted-printable", "spam.boilerplate"} <= literal
    for name in literal:
        assert rule(name).help
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("passes/glyphs/*.py")]
    guesses = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Guess"]
    said = {
        argument.value for node in guesses for argument in node.args if isinstance(argument, ast.Constant) and re.fullmatch("[a-z-]{3,}", str(argument.value))
    }
    assert {row.name.replace(" ", "-") for row in ROWS} | said | {CLOSING} == set(GLYPHS)
    assert {row.name for row in families()} <= {name.removeprefix("spam.") for name in names()}


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.name)
def test_what_repairs_the_samples_has_a_page(path: Path) -> None:
    repair = summitfix.repair(path.read_text(encoding="utf-8"))
    found = {reason.rule for change in [*repair.changes, *repair.doubts] for reason in change.why}
    assert found
    for name in found:
        assert rule(name).summary


@pytest.mark.parametrize("language", ["cs", "de", "fr", "ja", "ko", "ru", "tr", "vi", "zh-hans"])
def test_what_repairs_sentences_misread_once_or_twice_has_a_page(language: str) -> None:
    once = SENTENCES[language][1].encode().decode("cp1252", "ignore")
    for text in (once, once.encode().decode("latin-1"), SENTENCES[language][0].encode().decode("latin-1")):
        for change in summitfix.repair(text, least=0.1).changes:
            assert all(rule(reason.rule).help for reason in change.why)


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4))
@settings(max_examples=60)
def test_misreadings_on_top_of_each_other_have_a_page(steps: list[rules.Step]) -> None:
    page = rule("mojibake." + "+".join(step.name for step in steps))
    assert page.summary == "Undo " + ", then ".join(step.note for step in steps) + "."
    assert page.help.count("read as") == len(steps)
    assert max(map(wide, page.text.splitlines()[1:])) <= 80


def test_examples_of_codecs_are_in_them() -> None:
    assert set(SAMPLES) == set(MEANT)
    for codec, sample in SAMPLES.items():
        assert not sample.isascii() and codecs.decode(codecs.encode(sample, codec), codec) == sample


@pytest.mark.parametrize("name", rules.SPELLED)
def test_examples_of_what_is_spelled_out_are_repaired(name: str) -> None:
    before, after = rules.SPELLED[name]
    repair = summitfix.repair(f"We saw the {before} again.")
    assert repair.after == f"We saw the {after} again."
    assert {reason.rule for change in repair.changes for reason in change.why} == {name}


def test_examples_of_glyphs_are_found_by_the_rule_whose_page_shows_them() -> None:
    page = rule("glyphs.contraction").help.splitlines()
    assert "  - We don?t know the way home." in page and "  + We don’t know the way home." in page
    (change,) = glyphs(Document("We don?t know the way home."))
    assert change.why[0].rule == "glyphs.contraction"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("glyphs.contractoin", "did you mean glyphs.contraction"),
        ("contraction", "did you mean glyphs.contraction?"),
        ("casino", "did you mean spam.casino?"),
        ("mojibake.cp949-as-latin1", "mojibake.cp949-as-latin-1"),
        ("mojibak", "did you mean mojibake?"),
        ("mojibake.cp949-as-latin-1+nonsense", "did you mean"),
        ("zzz", "the passes are mojibake, spam, glyphs"),
        ("", "the passes are"),
        ("spam.", "did you mean spam,"),
    ],
)
def test_a_name_of_no_page_is_told_what_it_may_be(name: str, hint: str) -> None:
    with pytest.raises(SummitfixError, match=re.escape(repr(name))) as failed:
        rule(name)
    assert hint in str(failed.value)
