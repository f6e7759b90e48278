"""UTF-8 that was misread and then worn: which codec read it, and what each worn stretch of a document was.

`worn` and `ways` propose what a stretch can have been, `stretches` judges each; here they vote on the codec as words do in `solving`, and each is compared
with what the rows made of it. What cannot be told from the next best reading stays as it is, and is a doubt.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.core import Change, Reason, apply, confidence
from summitfix.language import Prior, account
from summitfix.languages import languages
from summitfix.rereading import wear, worn
from summitfix.rereading.readings import WITNESS
from summitfix.rereading.rows import DAMAGED, STEPS, Step, are_cousins, name, nats
from summitfix.rereading.stretches import USUAL, Stretch, is_believable, is_plausible, scripts
from summitfix.rereading.undoing import beyond_ascii
from summitfix.rereading.ways import LISTED, guess_nats, paths

READ = tuple(step for step in STEPS if step.meant == "utf-8" and step.read in codecs.EIGHT_BIT)

LONGEST = 2_000
"""Lines of more code points than this are not looked at."""

MUCH = 400
"""So many characters beyond ASCII that are read by UTF-8 steps are much."""

SURELY = -math.log(0.01)
"""The margin of a change that is made, in nats."""

KIN = 0.5
"""What a codec costs whose next of kin is proven, beside what it is rarer."""

RARER = 3.0
"""How much the rarity of a codec counts where its next of kin is proven: its gaps, if it has more, leave more to guess."""

BABEL = 15.0
"""What it costs what the rows made of a stretch that several scripts meet in it."""

CONTROLLED = ("latin-1", "iso-8859-15")
"""Codecs that are cp1252 but for the controls that they have in place of its quotation marks and dashes."""


class Page(NamedTuple):
    """A document whose worn stretches are looked for.

    `lines`, by their numbers, may be worn; `ours` are the changes that the rows make in them, in their coordinates; `unexplained` are the numbers of
    those with words that look damaged and that no row explains: there bytes may be gone. The words `shown` are damaged on purpose. `proven` are the
    names of the steps that are known to have happened.
    """

    lines: Mapping[int, str]
    ours: Mapping[int, Sequence[Change]]
    unexplained: set[int]
    shown: set[str]
    proven: set[str]
    prior: Prior


_ENTITIES = re.compile("&(?:[A-Za-z]{3,6}|#(?:19[4-9]|2[0-4][0-9])|#[xX][c-fC-F][0-9a-fA-F]);(?:&|[^\x00-\x7f])|[\xc2-\xf4]&(?:[A-Za-z]|#[xX0-9])")
_DROPPED = re.compile("[\xc2-\xdf\xe2](?![\x80-\xbf])")


def has_entities(text: str) -> bool:
    """Whether a text may hold misread UTF-8 that is spelled in entities."""
    return "&" in text and _ENTITIES.search(text) is not None


def is_worn(line: str, proven: set[str]) -> bool:
    """Whether a line may hold misread UTF-8 some bytes of which are spelled otherwise, or any that a step which is `proven` undoes."""
    if any(wear.plain(step.read).search(line) for step in READ if step.name in proven):
        return True
    return _ENTITIES.search(line) is not None or any(wear.may_begin(line, step.read) and wear.screen(step.read).search(line) for step in READ)


def lossy(page: Page) -> dict[int, list[Change]]:
    """What was worn in the lines of a page, in their coordinates: sure changes and doubts.

    Where what is found tells of another language, it is looked for again in the light of that.
    """
    found = _lossy(page)
    best = (apply(line, sorted(found.get(number, ()))) for number, line in page.lines.items())
    told = languages(best, page.prior.said) if found else page.prior
    return found if _main(told) in ("", _main(page.prior)) else _lossy(page._replace(prior=told))


def _main(prior: Prior) -> str:
    """The main language of a document, if any."""
    return min((nats, language) for language, nats in [*prior.items(), ("", 9.0)] if language or nats == 9.0)[1]


def _lossy(page: Page) -> dict[int, list[Change]]:
    found = [stretch for step in _possible(page) for stretch in _of_bytes(page, step, _unshown(page, list(_found(page, step))))]
    elected = _elect(page, found)
    result: dict[int, list[Change]] = {}
    done: dict[int, list[Stretch]] = {}
    for stretch in sorted(found, key=lambda stretch: -stretch.gain):
        mine = done.setdefault(stretch.line, [])
        if stretch.step in elected and not any(stretch.start < other.end and other.start < stretch.end for other in mine):
            mine.append(stretch)
            gains = elected[stretch.step]
            owed = max(0.0, _cost(page, stretch.step) - sum(gain for text, gain in gains.items() if text != stretch.text))
            result.setdefault(stretch.line, []).extend(_changes(stretch, owed))
    return result


_BETWEEN = re.compile("[\x00-\x2c/:-@\\[-^`{-\x7f]+")
"""What stands between words, apostrophes, full stops, dashes and underscores not counted, but quotation marks."""


def _unshown(page: Page, found: list[Stretch]) -> list[Stretch]:
    """The stretches, or none where half of their readings stand undamaged on the same lines: a table of damage beside what was meant."""
    shown = 0
    for stretch in found:
        sound = {*_BETWEEN.split(page.lines[stretch.line])}
        made = Counter(_BETWEEN.split(stretch.paths[0].text)) - Counter(_BETWEEN.split(stretch.text))
        shown += any(word in sound and not word.isascii() for word in made)
    return found if 2 * shown < len(found) else []


def _of_bytes(page: Page, step: Step, found: list[Stretch]) -> list[Stretch]:
    """The stretches less those that rest on guesses behind a letter which mostly stands there as it was written: `â` in Arpitan, `õ` in Skolt Sami.

    What was the first byte of a sequence hardly ever stands without one.
    """
    if _cost(page, step) < DAMAGED or not found:
        return found
    begun = Counter(lead for stretch in found for at, _ in stretch.paths[0].taken if (lead := stretch.text[at - stretch.start]) > "\x7f")
    there = {lead: sum(line.count(lead) for line in page.lines.values()) for lead in begun}
    written = {lead for lead, count in begun.items() if there[lead] > 2 * count}
    return [stretch for stretch in found if not any(edge.nats and stretch.text[at - stretch.start] in written for at, edge in stretch.paths[0].taken)]


def _possible(page: Page) -> Iterator[Step]:
    """The steps that may have happened: what holds characters of Windows was not read by a codec that has controls in their place.

    Where one step explains much of a page its worn places are looked at in no other light.
    """
    windows = any(not wear.is_thinned(line, "cp1252") and wear.plain("cp1252").search(line) for line in page.lines.values())
    read = sum(beyond_ascii(change.before) for ours in page.ours.values() for change in ours if "utf-8-as" in change.why[0].rule)
    known = [step for step in READ if step.name in page.proven] if read > MUCH else []
    for step in READ:
        if not (windows and step.read in CONTROLLED) and (not known or any(are_cousins((step,), (other,)) for other in known)):
            yield step


def _found(page: Page, step: Step) -> Iterator[Stretch]:
    """The stretches of a page in which a step and wear explain more than the rows do."""
    thinned = all(wear.is_thinned(line, step.read) for line in page.lines.values())
    met = _cost(page, step) < DAMAGED
    for number, line in page.lines.items():
        if len(line) > LONGEST:
            continue
        unexplained = number in page.unexplained
        places, rest = _unsound(line, page.prior)
        dropped = unexplained and step.read == "latin-1" and _DROPPED.search(rest) is not None
        if not (dropped or wear.may_begin(rest, step.read) or _ENTITIES.search(rest)):
            continue
        if not (met or step.read in USUAL or _has_whole(line, step.read) or _ENTITIES.search(line)):
            continue
        screen, is_expected = wear.screen(step.read), unexplained or step.name in page.proven
        if not (dropped or screen.search(rest) or (is_expected and wear.plain(step.read).search(rest)) or _ENTITIES.search(rest)):
            continue
        edges = worn.lattice(line, step.read, places, thinned=thinned, dropped=dropped)
        for start, end in worn.stretches(line, edges):
            rows = _rows(line, start, end, page.ours.get(number, ()))
            text = line[start:end]
            if not rows or (rows.whole and not screen.search(text)) or any(word in text for word in page.shown):
                continue
            options = paths(line, edges, start, end, page.prior)
            best = options[0].nats + LISTED * account(options[0].text, page.prior).known
            mine = guess_nats(rows.text, page.prior) - WITNESS * rows.decoded + BABEL * (len(scripts(rows.text)) > 1)
            gain = min(account(text, page.prior).nats - best, mine - options[0].nats)
            stretch = Stretch(number, start, text, step, options, gain)
            if (
                gain > 0
                and options[0].text not in (text, rows.text)
                and is_plausible(stretch, page.prior, met=met)
                and is_believable(stretch, page.prior, met=met, plain=rows.text == text)
            ):
                yield stretch


def _has_whole(line: str, codec: str) -> bool:
    """Whether a line holds a sequence of which no byte is to be guessed."""
    return wear.may_begin(line, codec) and wear.whole(codec).search(line) is not None


_SPACED = re.compile(r"\S+")

TAIL = 3
"""The longest that a UTF-8 sequence may reach behind its first byte, in bytes."""


@lru_cache(maxsize=1 << 10)
def _unsound(line: str, prior: Prior) -> tuple[tuple[int, ...], str]:
    """The places of a line that are not in a word which the lists know, as such a word is no wear, and the line without those words.

    Of one behind another word the beginning is left: it may end a sequence that holds the space.
    """
    places: list[int] = []
    rest: list[str] = []
    done = 0
    for match in _SPACED.finditer(line):
        start, end = match.span()
        if _is_sound(match[0], prior):
            start += TAIL if places and places[-1] + 1 == start - 1 else 0
            rest += line[done:start], "\x00" * (end - start)
            done = max(start, end)
        else:
            places += range(start, end)
    return tuple(places), "".join(rest) + line[done:]


def _is_sound(word: str, prior: Prior) -> bool:
    """Whether the lists know all words of three letters and more, and there are such, of what stands between two spaces, and nothing is odd about it."""
    found = account(word, prior)
    return found.letters > 2 and not (found.unknown or found.odd or found.excess)


class Rows(NamedTuple):
    """What the rows made of a stretch: its text, how many characters they decoded as UTF-8, and whether they explain the `whole` of it."""

    text: str
    decoded: int
    whole: bool


_LEFT = re.compile("[^\x00-!#-&(->@-\x7f]")
"""What may be left of a byte between others that the rows explain: all beyond ASCII, `?` and straight quotation marks. Small ranges compile fast."""


def _rows(line: str, start: int, end: int, ours: Sequence[Change]) -> Rows | None:
    """What the rows made of a stretch of a line; None if they read over its ends."""
    text, rest, at, decoded = "", "", start, 0
    for change in ours:
        if change.start < end and change.end > start:
            if change.start < start or change.end > end:
                return None
            text += line[at : change.start] + change.after
            rest += line[at : change.start]
            at = change.end
            decoded += sum(char > "\x7f" for char in change.after) * (".utf-8-as" in change.why[0].rule)
    rest += line[at:end]
    return Rows(text + line[at:end], decoded, whole=at > start and not _LEFT.search(rest))


def _elect(page: Page, found: Iterable[Stretch]) -> dict[Step, dict[str, float]]:
    """The steps that explain the stretches, with what each gains on them: the one that gains most first, while it pays for itself."""
    gained: dict[tuple[int, int], float] = {}
    elected: dict[Step, dict[str, float]] = {}
    stretches = list(found)
    while True:
        totals: dict[Step, dict[str, float]] = {}
        for stretch in stretches:
            more = stretch.gain - gained.get((stretch.line, stretch.start), 0.0)
            if more > 0 and stretch.step not in elected:
                mine = totals.setdefault(stretch.step, {})
                mine[stretch.text] = max(more, mine.get(stretch.text, 0.0))
        net, step = max(((sum(mine.values()) - _cost(page, step), step) for step, mine in totals.items()), default=(0.0, READ[0]))
        if net <= 0:
            return elected
        elected[step] = totals[step]
        for stretch in stretches:
            if stretch.step == step:
                key = stretch.line, stretch.start
                gained[key] = max(stretch.gain, gained.get(key, 0.0))


def _cost(page: Page, step: Step) -> float:
    """What must be paid before it is believed that UTF-8 was read as a codec: nothing if other words were, little if they were as its next of kin."""
    if step.name in page.proven:
        return 0.0
    kin = [nats((other,)) for other in READ if other.name in page.proven and are_cousins((step,), (other,))]
    return KIN + RARER * max(0.0, nats((step,)) - min(kin)) if kin else DAMAGED + nats((step,))


def _changes(stretch: Stretch, owed: float) -> Iterator[Change]:
    """What the best reading of a stretch changes: surely where the readings that are about as good agree; spaces are no difference.

    Where U+FFFD stands in place of a byte and nobody can say which, the sequence is one lost character.
    """
    best = stretch.paths[0]
    others = [path for path in stretch.paths if path.text.replace(" ", "") != best.text.replace(" ", "")]
    near = [path for path in others if path.nats < best.nats + SURELY]
    shared = {(at, edge.char) for at, edge in best.taken}.intersection(*({(at, edge.char) for at, edge in path.taken} for path in near))
    second = next((path.nats for path in others if path not in near), math.inf)
    sure = min(stretch.gain - owed, second - best.nats)
    unsure = min([sure, *(path.nats - best.nats for path in near)])
    for at, edge in best.taken:
        before, after = stretch.text[at - stretch.start : edge.end - stretch.start], edge.char
        margin = sure if (at, after) in shared else unsure
        if margin < SURELY <= sure and before.endswith("\ufffd") and edge.layer == 1:
            after, margin = "\ufffd", sure
        if before != after:
            chain = (stretch.step,) * edge.layer
            why = Reason(f"mojibake.{name(chain)}", ", then ".join(step.note for step in chain), confidence(margin))
            yield Change(at, before, after, (why,))
