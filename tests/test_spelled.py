"""UTF-8 that was misread and worn since, and characters that are spelled out: what comes back, and, more of it, what must stay."""

from __future__ import annotations

import html.entities

import pytest
from growth import growth
from sentences import PARAGRAPHS, SENTENCES

import summitfix
from summitfix import codecs
from summitfix.core import SURE, Repair, apply
from summitfix.language import NO_PRIOR
from summitfix.rereading import wear
from summitfix.rereading.escapes import escapes
from summitfix.rereading.worn import lattice


def repair(text: str) -> Repair:
    """The repair by this pass alone; its changes replay, and a second run finds nothing."""
    found = summitfix.repair(text, only=["mojibake"])
    assert apply(text, found.changes) == found.after
    assert summitfix.repair(found.after, only=["mojibake"]).after == found.after
    return found


def repaired(text: str) -> str:
    return repair(text).after


def misread(text: str, codec: str) -> str:
    return codecs.decode(text.encode(), codec)


def entities(text: str, *, numeric: bool = False) -> str:
    """`text` with every character beyond ASCII as an entity, by name where it has one."""
    names = {} if numeric else html.entities.codepoint2name
    return "".join(char if char < "\x80" else f"&{names[ord(char)]};" if ord(char) in names else f"&#{ord(char)};" for char in text)


STRAIGHT = str.maketrans("“”„‘’‚", "\"\"\"'''")

# What comes back: entities


@pytest.mark.parametrize("language", ["cs", "de", "el", "fr", "it", "ja", "pt", "ru", "sv", "vi"])
@pytest.mark.parametrize("numeric", [False, True])
def test_mojibake_written_as_entities_comes_back(language: str, numeric: bool) -> None:
    text = SENTENCES[language][1]
    assert repaired(entities(misread(text, "cp1252"), numeric=numeric)) == text


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("They don&acirc;&euro;&trade;t mind.", "They don’t mind."),
        ("They don&#226;&#8364;&#8482;t mind.", "They don’t mind."),
        ("They don&#xe2;&#x20ac;&#x2122;t mind.", "They don’t mind."),
        ("<p>une crise pass&Atilde;&copy;e</p>", "<p>une crise passée</p>"),
        ("<p>d&eacute;j&agrave; pass&Atilde;&copy;e &amp; oubli&Atilde;&copy;e</p>", "<p>d&eacute;j&agrave; passée &amp; oubliée</p>"),
    ],
)
def test_entities_of_mojibake_beside_others_come_back(damaged: str, text: str) -> None:
    assert repaired(damaged) == text


# What comes back: straightened, lowered, thinned, dropped


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ('The hall was full â€" nobody left.', "The hall was full — nobody left."),
        ('open 9â€"17 on weekdays, 10â€"12 on Sundays', "open 9–17 on weekdays, 10–12 on Sundays"),
        ('LampLineâ"¢ lights', "LampLine™ lights"),
        ("â•'  MENU â€\" WINTER  â•'", "║  MENU — WINTER  ║"),
        ("donâEUR(tm)t be late, itâEUR(tm)s cold", "don’t be late, it’s cold"),
        ("The old mill wonât turn again.", "The old mill won’t turn again."),
        ("Sheâs late, and theyâre waiting.", "She’s late, and they’re waiting."),
        ("die lange StraÃe nach SÃ¼den", "die lange Straße nach Süden"),
        ("le thÃ©Ã¢tre et la forÃªt, jusquâÃ  la mer", "le théÃ¢tre et la forêt, jusqu’à la mer"),
        ("SheÃ¢â?¬â?¢s here, and heÃ¢â?¬â?¢s there.", "She’s here, and he’s there."),
        ("montrã©al en hiver, et dã©jã  le printemps", "montréal en hiver, et déjà le printemps"),
        ("Nous sommes allÃ©s Ã Paris dÃ©but mai.", "Nous sommes allés à Paris début mai."),
        ("elle a rÃ©ussi Ã finir, voilÃ  tout", "elle a réussi à finir, voilà tout"),
        ("Ð¼Ð¾Ñ� Ñ�ÐµÑ�Ñ‚Ñ€Ð° Ñ�ÐºÐ°Ð·Ð°Ð»Ð° Ñ�Ð»Ð¾Ð²Ð¾", "моя сестра сказала слово"),
        ("Ñ�ÐµÑ�Ñ‚Ñ€Ð°", "сестра"),
        ("Po celÃ½ den prÅ¡elo a vÄ�era takÃ©", "Po celý den pršelo a včera také"),
        ("Ο Î´Ï�ÏŒÎ¼Î¿Ï‚ ÎµÎ¯Î½Î±Î¹ Î¼Î±ÎºÏ�Ï�Ï‚", "Ο δρόμος είναι μακρύς"),
    ],
)
def test_worn_mojibake_comes_back(damaged: str, text: str) -> None:
    assert repaired(damaged) == text.replace("théÃ¢tre", "théâtre")


@pytest.mark.parametrize("language", ["de", "it", "pt", "vi"])
def test_sentences_in_small_letters_come_back(language: str) -> None:
    text = next(sentence for sentence in SENTENCES[language] if not sentence.isascii()).lower()
    assert repaired(misread(text, "cp1252").lower()) == text


@pytest.mark.parametrize("language", ["el", "ru", "sv", "uk", "vi"])
def test_sentences_whose_mojibake_had_its_quotes_straightened_come_back(language: str) -> None:
    text = SENTENCES[language][1].translate(STRAIGHT)
    assert repaired(misread(text, "cp1252").translate(STRAIGHT)) == text


def test_what_cannot_be_told_stays_and_is_a_doubt() -> None:
    found = repair('The job â\x80\x9cfixâ\x80\x9d: ðŸ"§')
    assert found.after.endswith('ðŸ"§')
    assert any(change.confidence < SURE and change.after in "🔧📧" for change in found.doubts)


def test_a_byte_that_nobody_can_tell_leaves_one_lost_character() -> None:
    assert repaired("ÐšÐ°Ðº ÑƒÐ½Ñ�Ñ‚ÑŒ Ð²Ð¾Ð»Ð½ÐµÐ½Ð¸Ðµ") == "Как ун\ufffdть волнение"


def test_the_reason_names_the_row() -> None:
    (change,) = repair('The hall was full â€" nobody left.').changes
    assert (change.before, change.after, change.why[0].rule) == ('â€"', "—", "mojibake.utf-8-as-cp1252")


# What comes back: spelled out


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("Margaretu2019s boat", "Margaret’s boat"),
        ("It wasnu2019t hers, u201cnever wasu201d, they said.", "It wasn’t hers, “never was”, they said."),
        ("un cafu00e9 au lait", "un café au lait"),
        ("Der Mu00fcller hat zwu00f6lf Su00f6hne.", "Der Müller hat zwölf Söhne."),
        ("u043fu0440u0438u0432u0435u0442 from the harbour", "привет from the harbour"),
        ("well done ud83dude00", "well done 😀"),
        ("Un caf=C3=A9 tr=C3=A8s chaud", "Un café très chaud"),
        ("It=E2=80=99s late", "It’s late"),
        ("She said they don=92t know.", "She said they don’t know."),
        ("=93Come in,=94 she said. It=92s open.", "“Come in,” she said. It’s open."),
        (
            "La for=C3=AAt est d=C3=A9j=C3=A0 loin de la ville, et le chemin est=\n long=20\npour nous.",
            "La forêt est déjà loin de la ville, et le chemin est long \npour nous.",
        ),
    ],
)
def test_characters_that_are_spelled_out_come_back(damaged: str, text: str) -> None:
    assert repaired(damaged) == text


# What must stay

INNOCENT = [
    # entities
    "<p>d&eacute;j&agrave; vu &amp; &lt;b&gt;&nbsp;&ndash;&nbsp;&copy; 2024</p>",
    "&Atilde; is A with tilde; &copy; is the copyright sign",
    "&acirc; &euro; &trade;",
    "S&atilde;o Paulo &eacute; a maior cidade",
    "&laquo;&nbsp;Oui&nbsp;&raquo;, dit-elle",
    "&Ouml;&szlig;&auml;, &#228;&#246;&#252;",
    "&eacute;&egrave;&ecirc;&euml; are all e",
    "<option>&Aring;&oslash;</option>",
    "&Acirc;ngela e &Icirc;le-de-France",
    "a &amp;&amp; b &#124;&#124; c",
    # escapes that are whole, and what only looks like one
    'print("it\\u2019s")',
    "%u2019 and &#x2019; and U+2019",
    "the glyphs u2019, uni2019 and u00e9",
    "part u20ac-12, board u2013",
    "hexu00ffdump, blu00e7, sku2019a",
    "Ubuntu2004 and Menu2000",
    "let ru00e1 = 5; cpu00ab(x)",
    "the menu2018 and menu2019 files",
    "neu2026",
    "u2014",
    # quoted-printable that is none
    "http://example.org/?q=E2=80=99&a=C3=A9",
    "=C3=A9",
    "IF(A1=C3=A9)",
    "x=E2 y=80",
    "checksum=ABCDEF, id=E29F80, a=B1=C2",
    "SGVsbG8gd29ybGQ=",
    "user=ADMIN&role=FA",
    "if (a==B0) c=20;",
    "width=20\nheight=30\n",
    "a line that ends with a sign, and is long enough to be one of a mail =\nbut is not",
    # first bytes of UTF-8 that are letters
    "IRMÃ, MAÇÃ, AMANHÃ",
    'CAFÉ" e "CHÁ" e "MAÇÃ"',
    "NÃO? SIM! MÃE?",
    "le château, l’âme, les pâtes, le goût",
    "il fallait qu’il donnât, qu’elle vînt, qu’on finît",
    "Ä? Ö? Ü?",
    '"Å" - "Ä" - "Ö"',
    "ÅÄÖ åäö ÆØÅ æøå",
    "ĂÂÎȘȚ ăâîșț",
    "à ? là ! où ? « çà »",
    "É assim. È vero. Ê?",
    "Р и С, Г? В! Я.",
    'Р" С" "Г"',
    "Ð and Þ, ð and þ",
    "Σ? Π! Ω.",
    "ã “ ” â ‘ ’",
    "Vâ, tâm, cân, hân, thân",
    "ðŸ",
    "â",
    "Ã",
    "Äpfel, Öl, Übung (TM) (c) (r)",
    "Große Å (Ångström) – 5 Å, 10 Å",
    'âge "mûr" - pâté "maison"',
    "3â4 = 7 ?",
    "caf\ufffd, na\ufffdve, Stra\ufffde",
    "Fran?ois and caf?",
    # tables of damage beside what was meant
    '{"Ã©": "é", "Ã¨": "è", "Ã\xa0": "à", "Ã§": "ç"}',
    'replace("â€", "”").replace("â€œ", "“")  # mojibake',
    "If you see 'â€\"' instead of '—', the mojibake was straightened.",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_text_stays(text: str) -> None:
    assert not repair(text).changes


@pytest.mark.parametrize("language", sorted(SENTENCES))
@pytest.mark.parametrize("template", ['"{}"', "{}?", "({}) - {}", "{} ..."])
def test_clean_sentences_among_ascii_signs_stay(language: str, template: str) -> None:
    assert not repair(template.format(SENTENCES[language][1], SENTENCES[language][0])).changes


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_clean_sentences_as_entities_stay(language: str) -> None:
    assert not repair(entities(PARAGRAPHS[language])).changes


@pytest.mark.parametrize("language", ["cs", "de", "es", "fr", "is", "pl", "pt", "ro", "sv", "tr", "vi"])
def test_clean_sentences_that_lost_letters_stay(language: str) -> None:
    text = SENTENCES[language][1]
    for mark in ("?", "\ufffd", ""):
        assert not repair("".join(mark if char in "éäöüçãşřąőíá" else char for char in text)).changes


@pytest.mark.parametrize("language", ["cs", "de", "fr", "pt", "vi"])
def test_clean_code_with_accents_stays(language: str) -> None:
    sentence = SENTENCES[language][1]
    assert not repair(f'print("{sentence}")  # {sentence}\nx = f(a, "é?", \'à\') ? b : c;\n').changes


# How it is told


@pytest.mark.parametrize("codec", ["latin-1", "cp1250", "cp1251", "cp1252", "cp437", "mac-roman"])
def test_the_lattice_holds_what_was_meant(codec: str) -> None:
    for char in "éßжλ한—🔧":
        text = misread(char, codec)
        edges = lattice(text, codec, range(len(text)), thinned=False, dropped=False)
        assert char in {edge.char for edge in edges[0]}


@pytest.mark.parametrize(("twins", "mark"), [(twins, mark) for twins, mark, _ in wear.TWINS])
def test_each_twin_stands_for_its_bytes(twins: str, mark: str) -> None:
    bytes_of = {codecs.table("cp1252")[form.byte] for form in wear.trails("cp1252", thinned=False, dropped=False)[mark]}
    assert set(twins) & set(codecs.table("cp1252")[0x80:0xC0]) <= bytes_of


def test_nothing_is_spelled_in_prose() -> None:
    assert not [place for paragraph in PARAGRAPHS.values() for place in escapes(paragraph, NO_PRIOR)]


def test_time_grows_with_the_text_and_no_faster() -> None:
    damaged = misread(SENTENCES["ru"][1], "cp1252").replace("\x81", "\ufffd").replace("\x8f", "\ufffd") + "\n"
    assert growth(lambda n: summitfix.repair("".join(damaged + str(number) for number in range(n)), only=["mojibake"]), 3, 4) < 8


def test_pairs_of_surrogates_in_a_word_that_is_none_take_no_time() -> None:
    """Each can be read in two ways: forty of them were tried in a million millions."""
    text = "ud83cudc9au200" + "aaƅud83cudc1" * 40 + "!"
    assert summitfix.repair(text, only=["mojibake"]).after == text
