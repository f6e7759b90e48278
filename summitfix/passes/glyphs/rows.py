"""What tells that a glyph was lost, and which: one row for each shape of evidence.

A row sees the text before and behind a mark (`?`, U+FFFD, ...) and gives, in nats, how strongly they say that a glyph stood there, if the mark is a
question mark and nothing else is known; 4.6 nats are odds of 99 to 1. What the rest of the document shows is added to them. The weights are
judgements, corrected until no change of 4.6 nats was wrong on the innocent text that they were tried on (sources, manuals, news).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.marks import SMALL

BOUND = r"(?:^|(?<=[\s\"“‘«„(\[{>*_`'—–:;,…|?\ufffd-])|(?<=\\[nrt\"'])|(?<=&nbsp;)|(?<=//)|(?<=\.\.))"
"""What may stand before a word of prose. No slash, dot or equals sign: those make it part of an address or a query."""

END = r"(?=$|[\s!?)\]}\"”’»“*_`'<…—–\ufffd-]|[.,;:](?![\w=/.])|\.\.\.|\\[nrt\\\"']|&)"
"""What may stand behind one."""

VOWEL = "[aeiouyhàâäéèêëîïíìóòôœúùûæAEIOUYHÀÂÄÉÈÊËÎÏÍÔŒÚÙÛ?\ufffd]"
MONTH = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
DAY = "(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
NEVER_BEFORE_DASH = r"(?<!\bLIKE)(?<!\bAND)(?<!\bOR)(?<!\bNOT)(?<!\bIN)(?<!\bBETWEEN)(?<!\bLIMIT)(?<!\bOFFSET)(?<!\bVALUES)(?<!\bSET)(?<!\bWHERE)(?<!\bBY)"
"""SQL puts its placeholders behind these."""

NOUNS = r"(?<!\ba)(?<!\ban)(?<!\bthe)(?<!\bfor)(?<!\bof)(?<!\bto)(?<!\bwith)(?<!\bby)(?<!\bor)(?<!\band)(?<!\bhandle)(?<!\buse)(?<!\bis)(?<!\bin)(?<!\blike)"
"""Behind these a question mark is itself the noun: "look for ? and replace it"."""


MEASURES = "minutes?|mins?|hours?|days?|weeks?|months?|years?|seconds?|percent|people|pages|points?|times|miles|km|metres|meters|euros?|dollars"
"""What is counted: 10?15 minutes is a range; 10?15 kg may be a power of ten."""

NO_PLACES = "WHY|WHAT|WHO|WHEN|WHERE|HOW|WHICH|NOTE|TODO|FIXME|XXX|BUG|HACK|YES|NO|OK|REALLY|WARNING|ERROR"
"""Capitals at the start of a line that are no dateline."""


def unless(words: str) -> str:
    """An expression that holds where none of these words ends."""
    return "".join(rf"(?<!\s{word})" for word in words.split())


AND = r"\b(?i:rock|drum|fish|mix|pick|guns|salt|rhythm|surf|sweet|bump|wash|cut|chip|shake|black|toys|chicken|mac)"
"""Words behind which 'n' is "and"."""

ARTICLES = "un une le la les des du de ce cette ces mon ma mes son sa ses notre nos leur leurs au aux"
"""French words behind which no à stands."""


class Row(NamedTuple):
    """One shape of evidence.

    `before` must match up to the mark and `after` from behind it. `glyph` is what was lost; "dash" and "range" are dashes of the document's habit.
    `weight` is in nats, `share` the probability that it was this glyph if it was any. A row of certain `languages` holds only in a document of one of
    these. `hits` are right texts that must come back when the glyph is lost; `misses` are texts that must stay.
    """

    name: str
    glyph: str
    before: str
    after: str
    weight: float
    languages: str = ""
    share: float = 1.0
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


ROWS = (
    Row(
        "contraction",
        "’",
        rf"{BOUND}(?i:ai|may|are|ca|could|did|does|do|had|has|have|is|might|must|need|ought|sha|should|was|were|wo|would|dare)[nN]",
        rf"[tT]{END}",
        7.0,
        hits=("We don’t know the way home.", "It isn’t raining any more", "You can’t have both of them.", "THEY WON’T ANSWER ANY LETTERS"),
        misses=(r"\bdoesn?t?\s+exist\b", "the pattern colou?r is optional", "see /search/don?t=1&page=2 for more", "the rule 'don?t' matches dont and donet"),
    ),
    Row(
        "contraction",
        "’",
        rf"{BOUND}(?i:you|we|they|who|what|there|those|these)",
        rf"(?i:re|ll|ve|d){END}",
        7.0,
        hits=("I hope you’re ready for dinner", "and they’ll come back tomorrow", "By then we’ve eaten everything", "He said they’d be late again"),
        misses=("match 'they?re' against the list", "we?ll i_n e[ve]ry}da+y of$ten wh!at", "x = they?re:other"),
    ),
    Row(
        "contraction",
        "’",
        rf"{BOUND}(?i:he|she|it|that|here|there|what|where|who|how|when|why|let|one|everyone|someone|everything|nothing|something|everybody|nobody|this)",
        rf"(?i:s|ll|d){END}",
        6.5,
        hits=("I think it’s a good plan", "She’ll be home for the weekend", "Here’s how the story ends", "Let’s go out for a walk"),
        misses=("/that?s=1", "(it?s : null)", r"re.compile(r'\bit?s\b')"),
    ),
    Row("contraction", "’", rf"{BOUND}I", rf"(?:m|ll|ve|d){END}", 6.0, hits=("I’m going to bed early", "I’ve seen that film before"), misses=("List<I?m>",)),
    Row(
        "contraction",
        "’",
        rf"{BOUND}(?i:could|should|would|might|must|may|not)",
        rf"(?i:ve){END}",
        6.5,
        hits=("They should’ve known it before",),
        misses=("/should?ve=1",),
    ),
    Row("contraction", "’", rf"{BOUND}[yY]", rf"all{END}", 5.5, hits=("I hope y’all have a good time",), misses=("x ? y?all : none",)),
    Row(
        "clock",
        "’",
        r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?o",
        rf"[cC]lock{END}",
        7.0,
        hits=("It was five o’clock in the morning",),
    ),
    Row(
        "contraction",
        "’",
        rf"{AND} ",
        r"n[?\ufffd’] [a-z]",
        5.0,
        "en",
        hits=("Rock ’n’ roll isn’t dead, and it’s loud.",),
        misses=("take either n ?n? or m",),
    ),
    Row("contraction", "’", rf"{AND} [?\ufffd’]n", r" [a-z]", 5.0, "en"),
    Row(
        "contraction",
        "’",
        r"(?:^|[\s“(])",
        rf"(?:[tT](?:is|was|were|will)|em|til|bout){END}",
        5.0,
        "en",
        hits=("I know ’em well; ’twas long ago, and it’s over.",),
    ),
    Row(
        "possessive",
        "’",
        rf"{BOUND}(?:[^\W\d_]|[&.’'-](?=[^\W\d_])){{2,30}}",
        r"s(?=[ \n][\"“‘(?]?[^\W\d_]|[.,;:!](?:\s|$)|[)\"”?](?:[\s.,]|$)|</)",
        5.4,
        "en nl",
        hits=("The company’s profits rose again last year", "This is Nara’s oldest temple and its pride", "We went to the baker’s, then home by bus"),
        misses=("/dart/company?stock_code=005930", "see /shop/company?s=12 for more of it", "the pattern /item?s/ and so on"),
    ),
    Row(
        "plural possessive",
        "’",
        rf"{BOUND}[^\W\d_]{{2,20}}s",
        r" (?!or\b|and\b|if\b|but\b|because\b|then\b|check\b|yes\b|no\b|maybe\b|i\b|we\b|you\b|he\b|she\b|it\b|they\b)[a-z]{3,}",
        0.4,
        "en",
        hits=("The workers’ rights weren’t named; it’s what they’d feared",),
        misses=("Are there newer workers? check first, it's late", "How many users? data is stored for all"),
    ),
    Row("decade", "’", r"(?:^|[\s(“\"])", rf"\d0s{END}", 4.8, hits=("Music of the ’90s was played all night",), misses=("add ?30s=1 to the path",)),
    Row(
        "decade",
        "’",
        r"(?:^|[\s(])(?:1[0-9]|20)\d0",
        rf"s{END}",
        4.8,
        hits=("There are many keys of the 1990’s left, and they still work",),
        misses=("/1990?s=200&v=4",),
    ),
    Row(
        "name",
        "’",
        rf"{BOUND}(?:O|D|d|L|N|M)",
        r"[A-Z][a-zéï]{2,}(?![\w(=:.]?\w)",
        5.2,
        hits=("Mr O’Brien called again this morning", "Jeanne d’Arc was a peasant girl"),
        misses=("x = O?Brien:Smith", "f(List<T?Sized>)"),
    ),
    Row(
        "elision",
        "’",
        rf"{BOUND}(?:[cdjlmnstCDJLMNST]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu|[qQ]uoiqu|[qQ]uelqu|[pP]resqu)",
        rf"{VOWEL}[^\W\d_]*",
        5.2,
        "fr ca",
        hits=("Il faut que l’homme sache ce qu’il veut dans la vie", "Je n’ai pas vu que c’est une école d’été"),
        misses=("Dans le code on lit a ? b et l?e=1 dans une adresse",),
    ),
    Row("elision", "’", rf"{BOUND}[aA]ujourd", rf"hui{END}", 7.0, hits=("Il fait beau aujourd’hui",)),
    Row(
        "elision",
        "’",
        rf"{BOUND}(?i:[cdlmnstv]|ch|un|gl|all|dall|dell|nell|sull|coll|quell|quest|bell|sant|anch|com|cos|dov|mezz|tutt|null|senz|nessun|ciascun|qualcun|vent|trent|quand|grand|buon|pover|degl|agl)",
        rf"{VOWEL}[^\W\d_]*",
        5.2,
        "it",
        hits=("Il museo dell’arte moderna è nell’edificio di un’altra città", "La storia dell’uomo è anche quella di un’idea"),
    ),
    Row(
        "elision",
        "’",
        rf"{BOUND}[uU]n po",
        r"(?= (?:di|d|più|meno|come|troppo|per|e|ma|alla|in)\b|[.,;!])",
        5.2,
        "it",
        hits=("Vorrei un po’ di pane e anche del vino",),
    ),
    Row(
        "elision",
        "’",
        rf"{BOUND}(?:foto|auto|video|radio|euro|menu|taxi|baby|hobby|opa|oma|mama|papa|camera|pizza|agenda|firma|collega|programma)",
        rf"s{END}",
        6.0,
        "nl",
        hits=("Er staan veel auto’s op de weg",),
    ),
    Row(
        "elision",
        "’",
        r"(?:^|\s)",
        rf"s (?:morgens|ochtends|middags|avonds|nachts|zomers|winters|werelds|lands){END}",
        7.0,
        "nl",
        hits=("Hij komt ’s avonds pas laat thuis",),
    ),
    Row("elision", "’", rf"{BOUND}(?:[zZ]o|[mM]|[zZ])", rf"n{END}", 5.0, "nl", hits=("Dat is nog eens zo’n mooi huis en dat weet hij",)),
    Row(
        "elision",
        "’",
        rf"{BOUND}(?i:geht|gibt|ist|war|wie|hab|ich|er|wenn|ob|was|du|wär|nimm|mach|sag|steht|kommt|reicht)",
        rf"s{END}",
        5.2,
        "de",
        hits=("Ich weiß nicht, wie’s ihm und der Familie geht",),
    ),
    Row(
        "suffix",
        "’",
        r"(?:^|[\s(“\"])[A-ZÇĞİÖŞÜ][a-zçğıöşü]+",
        rf"(?:[dt][ae]|[dt][ae]n|n?[ıiuü]n|y?[aeıiuü]|l[ae]r|y?l[ae]|ki){END}",
        5.0,
        "tr",
        hits=("Bu yıl İstanbul’da bir çok kişi ve Ankara’nın sokakları",),
    ),
    Row("soft sign", "’", r"[бпвмфрБПВМФРкКзнд]", r"[яюєїЯЮЄЇ]", 5.0, "uk", hits=("Це комп’ютер, який є у сім’ї",)),
    Row(
        "dateline",
        "dash",
        rf"(?:^|\n|>)[ \t“\"]*(?!(?:{NO_PLACES})\b)[A-Z][A-Z.’'-]{{2,}}(?: [A-Z][A-Z.’'-]+){{0,3}}(?:, [A-Z][\w. ]{{1,30}})?(?: ?\([A-Z][\w/ ]{{1,20}}\))? ",
        r" [“\"?]?(?:[A-Z][\w’'-]*|An?) (?:[\w,’'.-]+ ){4}",
        4.8,
        hits=("NARA — South Korea and Japan held talks about trade on Tuesday.", "PARIS, France (AP) — The president arrived late in the evening."),
        misses=("WHY ? The reason is that nobody ever asked for it.", "NOTE ? The file is not read again after that point."),
    ),
    Row(
        "word",
        "à",
        rf"[^\W\d_]{{2,}}[?\ufffd]?{unless(ARTICLES)}[,’]? ",
        rf" (?:{SMALL}|\d)",
        1.8,
        "fr",
        0.975,
        hits=("Il est venu à la maison à huit heures, comme déjà l’été passé à l’école",),
        misses=("Vous avez lu le ? manuel de l’utilisateur sans rien y comprendre",),
    ),
    Row("word", "à", rf"[^\W\d_]{{2,}}[?\ufffd]?{unless(ARTICLES)}[,’]? ", r" [A-Z][a-z]", -0.5, "fr", 0.95),
    Row(
        "word",
        "è",
        r"(?:[^\W\d_]{2,}[?\ufffd]?[’]?|(?:ora|quindi|questo|però),) ",
        r" (?:un|una|uno|stat[oaie]|possibile|impossibile|molto|pi[?\ufffdù]|quell[oa]|in|gi[?\ufffdà]|necessari[oa]|utile|semplice|importante|facile"
        r"|difficile|sempre|ancora|anche|come|proprio|cos[?\ufffdì]|nat[oa]|fatt[oa]|per|di|tropp[oa]|ben|bene|vero|appena|solo)(?!\w)",
        1.8,
        "it",
        hits=("Il ministro ha detto che la città è più sicura di prima e che la verità è sempre una sola",),
    ),
    Row(
        "word",
        "è",
        r"\b(?i:non|che|questo|questa|si|ed|qual|chi|perch[?\ufffdé]|quanto|ora|ma|se|cosa|quando|tutto|cui|mentre|c’|dov’|cos’|com’) ",
        f" {SMALL}",
        1.8,
        "it",
        0.985,
        hits=("Nessuno sa chi è entrato nella città; quello che è uscito, lo sa la gioventù della libertà",),
    ),
    Row("word", "è", r"[^\W\d_]{2,}[?\ufffd]? ", f" {SMALL}", 1.6, "it", 0.93),
    Row(
        "word",
        "é",
        rf"[^\W\d_][?\ufffd]?{unless('um uma o a os as de do da em no na com por para ao sua seu')} ",
        r" (?:um|uma|o|que|muito|mais|usad[oa]|feit[oa]|poss[?\ufffdí]vel|tudo|necess[?\ufffdá]ri[oa]|comum|preciso|tamb[?\ufffdé]m|t[?\ufffdã]o|algo|import"
        r"ante|considerad[oa]|apenas|s[?\ufffdó]|bem|quase|melhor|pior|claro|verdade)(?!\w)",
        1.8,
        "pt",
        0.975,
        hits=("A educação é uma questão difícil e a solução é muito cara para a população",),
        misses=("Você pagou a ? uma pessoa que não conhece",),
    ),
    Row(
        "word",
        "é",
        r"\b(?i:que|n[?\ufffdã]o|isso|ele|ela|tamb[?\ufffdé]m|este|esta|isto|esse|essa|voc[?\ufffdê]|porque|qual|quem|onde|j[?\ufffdá]|ainda|hoje) ",
        f" {SMALL}",
        1.8,
        "pt",
        0.97,
        hits=("A situação não é boa e a solução que é proposta também não é fácil",),
    ),
    Row("word", "å", r"[^\W\d_]{2,} ", f" {SMALL}{{2,}}", 1.6, "nb", 0.97),
    Row("clause", "dash", rf"(?:[^\W\d_]{{2,}}|\d|[)”\"%’*`]){NEVER_BEFORE_DASH}{NOUNS} ", rf" [\"“‘(?]?{SMALL}[\w’?]*(?:,? [\w“\"(?]|[.,](?:\s|$))", 0.8),
    Row("clause", "dash", rf"(?:[^\W\d_]{{2,}}|\d|[)”\"%’*`]){NEVER_BEFORE_DASH}{NOUNS} ", r" [\"“‘(?]?[A-Z0-9][\w’?-]*", -2.2),
    Row(
        "speech",
        "dash",
        r"[,…»”] ",
        f" {SMALL}{{2,}}",
        4.8,
        "ru uk be bg pl cs",
        hits=("«Я приду завтра», — сказал он и ушёл.", "Nie wiem, czy to prawda, – odpowiedział cicho stary rybak."),
        misses=("Метод f(a, ? b) не описан",),
    ),
    Row("speech", "dash", r"(?:^|\n)[ \t]*", r" [^\W\d_a-zа-яёіїєґąćęłńóśźżáéíóúñ][\w’?]+[ ,]", 0.3, "ru uk be bg pl es pt it ro hu"),
    Row("speech", "dash", r"[.!…»”?] ", r" [^\W\d_a-zа-яёіїєґąćęłńóśźżáéíóúñ][\w’?]+[ ,]", -2.0, "ru uk be bg pl es pt it ro hu"),
    Row(
        "years",
        "dash",
        r"(?:(?<![\w/.=?&-])|(?<=\())(?:1[0-9]|20)\d\d(?: г\.| r\.)? ",
        r" (?:(?:1[0-9]|20)\d\d\b(?! :)|\d\d?\.? (?:de )?[^\W\d_]{3,12} (?:de )?(?:1[0-9]|20)\d\d\b)",
        5.0,
        hits=("He was the mayor (1996 — 2004) of a small town by the sea.", "Jan Kowal (15 maja 1913 – 28 lipca 1990) był znanym malarzem."),
        misses=("y = x > 1999 ? 2000 : 1900;",),
    ),
    Row(
        "price",
        "currency",
        r"(?:^|[\s(])\d{1,3}(?:[. ]?\d{3})*(?:,\d\d)? ",
        r" (?:pro|je|im Monat|im Jahr|par|al|all’anno|por|per|à la|netto|brutto|TTC|HT)\b",
        4.8,
        "de fr es it pt nl fi",
        hits=("Der größte Teil kostet 50 € pro Stück; die Gebühr für Gäste beträgt 20 € pro Nacht.",),
        misses=("x = n > 50 ? per : por;",),
    ),
    Row(
        "joined clauses",
        "dash",
        r"(?<![?\ufffd])(?<![^\W\d_])(?!(?:the|an?|of|to|in|on|at|by|for|with|and|or|that|this|is|are|was|from|as)\b)(?:[^\W\d_]{2,20}|\d{2,4})",
        r"[^\W\d_]{2,}(?![\w=(.:/]|[?\ufffd](?!(?:d|ll|re|ve|s|t|m)\b))",
        0.2,
        "en",
        hits=("It wasn’t late—they’d come early, we’re told, and we don’t mind.",),
        misses=("They don't say whether that?the?platform is new, nor why it's late.",),
    ),
    Row(
        "years",
        "range",
        r"(?:(?<![\w/.=?&-])|(?<=\())(?:1[0-9]|20)\d\d",
        r"(?:(?:1[0-9]|20)\d\d|\d\d)(?![\w/=&-]|\.\d)",
        5.2,
        hits=("He was mayor 1996–2004 and then retired", "Copyright 2010–2011 The Authors"),
        misses=("/archive/2010?2011", "id=2010?2011", "/2010?20=1"),
    ),
    Row(
        "pages",
        "range",
        r"(?i:\bpp?\.|\bpages|\bs\.|\bpág\.|\bvol\.|\bchapters|\bsections|\blines|\bages|\baged|\bbetween|\bfrom) ?\d{1,5}",
        r"\d{1,5}(?![\w/=&-]|\.\d)",
        5.2,
        hits=("see pp. 10–12 of the book", "Read pages 112–118 for tomorrow"),
    ),
    Row(
        "numbers",
        "range",
        r"(?:^|[\s(])\d{1,4}",
        rf"\d{{1,4}}[ -](?:{MEASURES})\b",
        5.2,
        hits=("It takes 10–15 minutes to walk there", "A 3–4 week holiday by the sea"),
        misses=("between 15?10 minutes and more of the same", "if (a < 12?15 : 13)"),
    ),
    Row("numbers", "range", r"(?:^|[\s(\[~$€£])\d{1,6}(?:[.,]\d+)?%?", r"[$€£]?\d{1,6}(?:[.,]\d+)?(?:%|°|(?![\w/=&?-]))", 2.0),
    Row(
        "months",
        "range",
        rf"\b(?:{MONTH}|{DAY})(?: \d\d?)?",
        rf"(?:{MONTH}|{DAY})\b(?![=/(:])",
        5.2,
        hits=("Open Monday–Friday from nine to five", "The season is May–October only"),
    ),
    Row(
        "sum",
        "currency",
        r"(?:^|[\s(])",
        r"\d{1,3}(?:[,.]\d{3})*(?:[.,]\d\d?)?(?:(?:m|bn|k)\b)?(?=[\s.,;)]|$)",
        3.0,
        "en nl",
        hits=("It’s £50 a month; the old one, we’re told, wasn’t £20, and \u00a3 never falls.",),
        misses=("see the parts ?50 and ?51 of the list",),
    ),
    Row(
        "degree",
        "°",
        r"(?:^|[\s(~+−–-])\d+(?:[.,]\d+)? ?",
        r"[CF](?=$|[\s.,;)\"”<]|/(?![\w/]))(?! ?: ?\w)",
        5.4,
        hits=("Heat it to 200 °C for an hour", "It was 35°C in the shade"),
        misses=("y = x > 20?C:D",),
    ),
    Row(
        "degree",
        "°",
        r"(?:^|[\s(])\d+(?:[.,]\d+)?",
        r"(?= (?:angle|angles|north|south|east|west|N\b|S\b|E\b|W\b|Grad|rotation))",
        2.5,
        hits=("It isn’t far: turn at a 45° angle and you’ll see it",),
        misses=("Is it 45? north or south",),
    ),
    Row(
        "copyright",
        "©",
        r"(?i:copyright|copr\.|\bcopyleft|droits d’auteur) ",
        r" ?(?:19|20)\d\d\b",
        5.5,
        hits=("Copyright © 2014 The Authors",),
        misses=("Copyright ? Nobody knows",),
    ),
)


class Match(NamedTuple):
    """That a row fits a mark: which, and by what weight in nats."""

    row: Row
    weight: float


REACH = 60
"""How much of the text before a mark a row may look at, in code points."""


def matches(text: str, start: int, end: int, habits: Habits) -> Iterator[Match]:
    """The rows that fit the mark from `start` to `end` of `text`, which has these `habits`."""
    left = text[max(0, start - REACH) : start]
    for row, before, after in _compiled():
        fits = after.match(text, end) and before.search(left) and _same_case(row, left, text[end : end + 1])
        if fits and (not row.languages or habits.language in row.languages.split()):
            yield Match(row, row.weight)


def _same_case(row: Row, left: str, right: str) -> bool:
    """`it?S` is no contraction, but `IT?S` is, and `I?m`."""
    return row.name not in {"contraction", "possessive"} or not right.isupper() or left[-1:].isupper()


@cache
def _compiled() -> tuple[tuple[Row, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((row, re.compile(rf"(?:{row.before})\Z"), re.compile(row.after)) for row in ROWS)
