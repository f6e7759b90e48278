"""The rows of misreadings: each undoes what it says was done; their names, their costs, their cousins."""

from __future__ import annotations

import re
from itertools import islice, product

import pytest
from sentences import SENTENCES

from summitfix import codecs
from summitfix.codecs import ISLANDS
from summitfix.language import NO_PRIOR
from summitfix.rereading import STEPS, Step, Word, name, solve
from summitfix.rereading.readings import readings
from summitfix.rereading.rows import LAYER, MEANT, READ, SAME, are_cousins, nats
from summitfix.rereading.undoing import chains, undo

WRITTEN = {
    # codec: languages in which it is used
    "utf-8": "fr",
    "cp1251": "ru",
    "cp1250": "cs",
    "cp1252": "fr",
    "cp1254": "tr",
    "cp949": "ko",
    "gbk": "zh-hans",
    "cp932": "ja",
    "big5": "zh-hant",
    "koi8-r": "ru",
    "iso-8859-2": "pl",
    "cp1253": "el",
    "cp1255": "he",
    "cp1256": "ar",
    "cp1257": "lt",
    "cp874": "th",
    "euc-jp": "ja",
    "cp850": "de",
    "cp866": "ru",
    "mac-roman": "fr",
    "cp437": "de",
    "iso-8859-7": "el",
    "iso-8859-9": "tr",
    "koi8-u": "uk",
    "cp852": "cs",
    "cp1258": "fr",
    "tcvn3": "vi",
    "iso-8859-13": "lv",
    "iso-8859-15": "fi",
    "mac-centraleurope": "pl",
    "viscii": "vi",
    "iso-8859-5": "bg",
    "cp855": "sr",
    "mac-cyrillic": "ru",
    "big5-hkscs": "zh-hant",
}


def written(codec: str) -> str:
    """What of a language's sentences the codec can write: typographic marks put plainly, capitals small."""
    text = " ".join(SENTENCES[WRITTEN[codec]]).lower()
    return "".join(char for char in text if _holds(codec, char))


def _holds(codec: str, char: str) -> bool:
    try:
        codecs.encode(char, codec)
    except UnicodeEncodeError:
        return False
    return True


_ISLAND = re.compile(rb"[\xc4-\xdf][\x80-\xbf]|[\xe1-\xec][\x80-\xbf]{2}")


def misread(text: str, step: Step) -> str | None:
    """`text` damaged as the row says, runs of valid UTF-8 read again if it says so; None if that does no damage, or none that could be undone."""
    data = codecs.encode(text, step.meant)
    try:
        if step.read not in ISLANDS:
            bad = codecs.decode(data, step.read)
            return bad if bad != text and codecs.encode(bad, step.read) == data else None
        eight_bit = ISLANDS[step.read]
        seas, islands = _ISLAND.split(data), [match.decode("utf-8") for match in _ISLAND.findall(data)]
    except UnicodeError:
        return None
    if not islands or any(island in codecs.table(eight_bit) for island in islands):
        return None
    return "".join(codecs.decode(sea, eight_bit) + island for sea, island in zip(seas, [*islands, ""], strict=True))


def specimens(step: Step) -> list[tuple[str, str]]:
    """Words of the codec's language, each with what the row makes of it; pairs of its letters and signs if it makes something of no word."""
    words = [(word, bad) for word in written(step.meant).split() if (bad := misread(word, step))]
    if not words:
        chars = [char for char in dict.fromkeys(written(step.meant) + "".join(map(chr, range(0xA1, 0x2600)))) if char > "~" and _holds(step.meant, char)]
        pairs = map("".join, product(chars, chars))
        words = list(islice(((pair, bad) for pair in pairs if (bad := misread(pair, step))), 10))
    return words


def test_every_codec_that_may_have_been_meant_has_a_sentence() -> None:
    assert WRITTEN.keys() == MEANT.keys()
    for codec in MEANT:
        assert len(written(codec)) > 0.9 * len(" ".join(SENTENCES[WRITTEN[codec]]))


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_a_step_undoes_what_it_says_was_done(step: Step) -> None:
    damaged = specimens(step)
    assert damaged
    for word, bad in damaged:
        assert undo(bad, step) == (word, 0)


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_a_step_leaves_ascii_and_what_its_codec_cannot_have_made(step: Step) -> None:
    assert undo("plain words, nothing else", step) is None
    assert undo("\U0001f980", step) is None or step.read in ISLANDS


def test_rows_are_sorted_by_how_often_they_are_met() -> None:
    assert [step.nats for step in STEPS] == sorted(step.nats for step in STEPS)
    assert len(set(STEPS)) == len(STEPS)
    assert all(step.nats > 0 for step in STEPS)


def test_no_row_reads_a_codec_as_itself_or_as_one_that_shares_its_letters() -> None:
    assert not any(step.meant == step.read or any({step.meant, step.read} <= same for same in SAME) for step in STEPS)
    assert not any(step.meant == "utf-8" and step.read in ISLANDS for step in STEPS)


@pytest.mark.parametrize("row", ["utf-8-as-cp1252", "utf-8-as-latin-1", "cp949-as-latin-1", "cp1251-as-latin-1", "cp1254-as-cp1252", "gbk-as-cp949"])
def test_the_rows_that_the_web_is_full_of_are_there(row: str) -> None:
    assert row in [step.name for step in STEPS]


def test_utf_8_read_as_windows_is_among_the_likeliest() -> None:
    assert {"utf-8-as-cp1252", "utf-8-as-latin-1"} <= {step.name for step in STEPS[:4]}


def test_names_tell_the_misreadings_in_the_order_in_which_they_happened() -> None:
    legacy, unicode = Step("cp1254", "latin-1"), Step("utf-8", "cp1252")
    assert name((legacy,)) == "cp1254-as-latin-1"
    assert name((unicode, legacy)) == "cp1254-as-latin-1+utf-8-as-cp1252"
    assert legacy.note == "cp1254 read as latin-1"
    assert Step("cp949", "latin-1-islands").note == "cp949 read as latin-1, partly read again as utf-8"


def test_names_of_rows_tell_them_apart() -> None:
    assert len({step.name for step in STEPS}) == len({step.note for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cp1252", "latin-1"),
        ("cp1252", "iso-8859-15"),
        ("latin-1", "latin-1-islands"),
    ],
)
def test_cousins_are_read_by_codecs_of_one_family(one: str, other: str) -> None:
    assert are_cousins((Step("cp949", one),), (Step("cp949", other),))
    assert are_cousins((Step("utf-8", "cp1252"), Step("koi8-r", one)), (Step("utf-8", "latin-1"), Step("koi8-u", other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Step("cp949", "latin-1"), Step("gbk", "latin-1")),
        (Step("utf-8", "cp1251"), Step("utf-8", "cp1252")),
        (Step("cp1251", "latin-1"), Step("koi8-r", "latin-1")),
        (Step("cp1250", "cp1252"), Step("cp1254", "cp1252")),
    ],
)
def test_other_codecs_are_no_cousins(one: Step, other: Step) -> None:
    assert not are_cousins((one,), (other,))
    assert are_cousins((one,), (one,))
    assert not are_cousins((one,), (one, one))


def test_a_layer_costs_more_than_none_and_one_that_repeats_the_last_costs_little() -> None:
    once, other = Step("utf-8", "cp1252"), Step("cp1251", "latin-1")
    assert nats((once,)) == once.nats == MEANT["utf-8"] + READ["cp1252"]
    assert nats((once, other)) == once.nats + other.nats + LAYER
    assert once.nats < nats((once, once)) < once.nats + LAYER


def test_chains_of_more_steps_begin_where_utf_8_leaves_something_to_undo() -> None:
    twice = "schön".encode().decode("latin-1").encode().decode("latin-1")
    utf_8 = Step("utf-8", "latin-1")
    assert (utf_8, utf_8) in list(chains(twice))
    assert (utf_8, utf_8) not in list(chains(twice, depth=1))
    once = list(chains("schön"))
    assert all(len(chain) == 1 for chain in once)
    assert {undo("schön", step) for step in STEPS} == {undo("schön", step) for (step,) in once}
    assert len(once) < len(STEPS) / 2


def test_undoing_keeps_the_bytes_that_do_not_decode_and_counts_them() -> None:
    assert undo("cafÃ© Ã", Step("utf-8", "latin-1")) == ("café Ã", 1)
    assert undo("cafÃ©", Step("utf-8", "latin-1")) == ("café", 0)
    assert undo("café", Step("utf-8", "latin-1")) is None


def test_undoing_leaves_what_the_codec_cannot_have_made() -> None:
    assert undo("“cafÃ©” 한글", Step("utf-8", "latin-1")) == ("“café” 한글", 0)


def test_bytes_that_had_to_be_kept_speak_against_a_codec() -> None:
    step = Step("utf-8", "latin-1")
    whole, torn = misread("привет", step), (misread("привет", step) or "")[:-1]
    gains = [readings(word or "", [(step,)], NO_PRIOR)[0].gain for word in (whole, torn)]
    assert gains[0] > gains[1] > 0


@pytest.mark.parametrize("language", ["cs", "de", "el", "fr", "he", "ja", "ko", "ru", "tr", "uk", "vi", "zh-hans"])
def test_the_word_that_was_meant_is_among_the_readings_of_utf_8(language: str) -> None:
    step = Step("utf-8", "latin-1")
    for sentence in SENTENCES[language]:
        for word in sentence.split():
            bad = misread(word, step)
            if bad and sum(not char.isascii() for char in word) > 2:
                assert word in [reading.text for reading in readings(bad, [(other,) for other in STEPS[:20]], NO_PRIOR)]


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_nothing_is_decided_about_words_that_are_not_suspicious(language: str) -> None:
    words = {word: Word(False, (0,)) for word in SENTENCES[language][0].split() if not word.isascii()}
    assert solve(words, NO_PRIOR, {}) == {}


def test_what_is_shown_beside_what_it_means_is_no_damage() -> None:
    words = {"Ã©tÃ©": Word(True, (0,)), "été": Word(True, (0,)), "dÃ©jÃ\xa0": Word(True, (1,)), "déjà": Word(True, (1,))}
    assert solve(words, NO_PRIOR, {}) == {}
    alone = {word: kind for word, kind in words.items() if "Ã" in word}
    assert {word: verdict.reading.text for word, verdict in solve(alone, NO_PRIOR, {}).items()} == {"Ã©tÃ©": "été", "dÃ©jÃ\xa0": "déjà"}
