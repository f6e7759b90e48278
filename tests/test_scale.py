"""The repair of single records, without any engine: those of the engines are in `tests/engines`, which `make test-engines` runs."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summitfix
from summitfix import core
from summitfix.core import Change, Reason
from summitfix.scale import Entry, bound, repaired, undo

SENTENCES = {
    "fr": ("Le théâtre était fermé, et le café d’à côté aussi.", "utf-8", "latin-1"),
    "de": ("Der Bäcker öffnet früh, die Brötchen sind noch heiß.", "utf-8", "cp1252"),
    "ru": ("Паром отходит в семь, а другого на острове нет.", "cp1251", "latin-1"),
    "el": ("Το πλοίο φεύγει στις επτά και δεν υπάρχει άλλο.", "cp1253", "latin-1"),
    "ko": ("배는 일곱 시에 떠나고 섬에는 다른 배가 없습니다.", "cp949", "latin-1"),
    "pl": ("Zażółć gęślą jaźń, mówiła babcia każdego ranka.", "utf-8", "cp1250"),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_repairs_and_gives_the_original_back(language: str) -> None:
    text, meant, read = SENTENCES[language]
    damaged = text.encode(meant).decode(read)
    outcome = repaired(damaged, bound())
    assert outcome.value == text
    assert outcome.entries and all(damaged[entry.start :].startswith(entry.before) for entry in outcome.entries)
    assert undo(outcome.value, [entry._asdict() for entry in outcome.entries]) == damaged


@pytest.mark.parametrize("language", SENTENCES)
def test_what_is_sound_is_the_same_object(language: str) -> None:
    text = SENTENCES[language][0]
    outcome = repaired(text, bound())
    assert outcome.value is text and outcome.entries == ()


@given(st.text(alphabet="ab?é’😀\n", max_size=40), st.data())
def test_undo_is_the_inverse_of_any_repair(text: str, data: st.DataObject) -> None:
    """Passes one after another, the later ones also at what the earlier ones made; texts with characters beyond U+FFFF."""

    def pick(document: core.Document) -> list[Change]:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(document.text)), max_size=6, unique=True)))
        return [
            Change(start, document.text[start:end], data.draw(st.text(alphabet="xyé😀", max_size=3)), (Reason("pick.any", "", 1.0),))
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]

    outcome = repaired(text, lambda given: core.repair(given, {"one": pick, "two": pick}))
    assert undo(outcome.value, [entry._asdict() for entry in outcome.entries]) == text


def test_undo_refuses_a_text_that_was_not_repaired_so() -> None:
    outcome = repaired("un cafÃ© trÃ¨s serrÃ©", bound())
    with pytest.raises(ValueError, match="not the one"):
        undo("un café peu serré", [entry._asdict() for entry in outcome.entries])


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (None, "unrepaired.null"),
        (7, "unrepaired.not-text"),
        ("cafÃ©".encode(), "unrepaired.not-text"),
        (["un cafÃ©"], "unrepaired.not-text"),
        ("un cafÃ© trÃ¨s serrÃ© \ud83d", "unrepaired.not-unicode"),
        ("\udc80un cafÃ© trÃ¨s serrÃ©", "unrepaired.not-unicode"),
    ],
)
def test_what_is_no_text_is_left_and_counted(value: object, rule: str) -> None:
    outcome = repaired(value, bound())
    assert outcome.value is value
    assert outcome.entries == (Entry(0, "", "", rule, 0.0),)


def test_a_pass_that_raises_costs_the_record_its_repair_and_nothing_else(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def breaking(document: core.Document) -> list[Change]:
        raise RecursionError("a bug")

    monkeypatch.setitem(summitfix.CHAIN, "glyphs", breaking)
    text = "un cafÃ© trÃ¨s serrÃ©"
    outcome = repaired(text, summitfix.repair)
    assert outcome.value is text
    assert [entry.rule for entry in outcome.entries] == ["unrepaired.RecursionError"]
    assert "a bug" in caplog.text and text not in caplog.text
    assert undo(text, [entry._asdict() for entry in outcome.entries]) == text


def test_a_pass_that_makes_what_no_file_can_hold_is_not_believed() -> None:
    def making(text: str) -> core.Repair:
        change = Change(0, "a", "\ud800", (Reason("make.it", "", 1.0),))
        return core.repair(text, {"make": lambda document: [change] if document.text == text else []})

    outcome = repaired("abc", making)
    assert outcome.value == "abc"
    assert [entry.rule for entry in outcome.entries] == ["unrepaired.UnicodeEncodeError"]


def test_options_reach_the_repair_through_a_pickle() -> None:
    text = "un cafÃ© trÃ¨s serrÃ©, isn?t it"
    assert repaired(text, pickle.loads(pickle.dumps(bound(only=["glyphs"])))).value == "un cafÃ© trÃ¨s serrÃ©, isn’t it"
    assert repaired(text, pickle.loads(pickle.dumps(bound(skip=["glyphs"])))).value == "un café très serré, isn?t it"
    assert repaired(text, pickle.loads(pickle.dumps(bound(least=1.1)))) == (text, ())


def test_the_name_of_no_pass_is_refused_before_any_record() -> None:
    with pytest.raises(summitfix.SummitfixError, match="no pass is called 'mojibak'"):
        bound(only=["mojibak"])


@pytest.mark.parametrize(
    ("module", "package", "extra"),
    [("arrow", "pyarrow", "arrow"), ("datatrove", "datatrove", "datatrove")],
)
def test_without_its_extra_a_module_says_what_to_install(module: str, package: str, extra: str) -> None:
    program = f"import sys; sys.modules[{package!r}] = None; import summitfix.scale.{module}"
    root = Path(summitfix.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(root)}, timeout=60
    )
    assert done.returncode == 1
    told = f"summitfix.scale.{module} needs {package}, which is not installed here: pip install 'summitfix[{extra}]'"
    assert done.stderr.splitlines()[-1] == f"ImportError: {told}"
