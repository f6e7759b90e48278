"""Neighbours of a hacked article: seeded damage of the kind that `samples/article.damaged.txt` shows, in other articles, codecs and words.

    python tests/neighbours.py 200 [--verbose]

Each neighbour is an article with spam of a script in the middle of words and glued to a paragraph, typographic marks lost the way the spam's codec
loses them, and perhaps half re-decoded by a fixer that knows nothing but UTF-8. Beside each stands an innocent twin: the same phrase quoted, listed or
reported on. Says how many came out exact, and why the others did not.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

MAKE = Path(__file__).parents[1] / "samples" / "make.py"

ARTICLES = {
    "en": (
        """The old observatory on Gull Hill will open its dome to the public on Saturday, for the first time since the lightning strike of 2019.
VALMOUTH — Volunteers spent four winters repairing the telescope, which “was held together by rust and good intentions,” the society’s chair said.
The largest lens had to be polished by hand, a task that three retired opticians finished in a borrowed garage — with the door open, even in January.
Visitors won’t need a ticket, but children under ten should come with a grown-up because the staircase is steep and the handrail is new.
“Saturn is waiting,” the chair told the local radio, “and so is the coffee.”
The town’s council has promised to switch off the street lights around the hill until midnight.""",
        """A farmer in the upper valley has found a clay jar with more than two hundred silver coins, the district museum announced on Wednesday.
The jar stood beneath the threshold of a barn that burned down in spring — nobody had looked there for at least a century.
“I thought it was a drainage pipe,” the farmer said. “Then it rattled, and my daughter’s dog wouldn’t stop barking.”
Specialists believe that the coins were hidden during the border wars, when armies crossed the valley several times in a single decade.
The museum’s director called the discovery “a small treasure and a big mystery,” since the most recent coin is a forgery.
Visitors will be able to see the collection in autumn, together with the jar, the pipe next to it and a photograph of the dog.""",
        """The night train between the capital and the coast will run again from December, the railway company confirmed after months of rumours.
Passengers had protested since the service was withdrawn, arguing that flights had become expensive and that buses didn’t offer beds.
The carriages were bought second-hand — from a company that had stored them in a forest — and received new windows, mattresses and brakes.
“We’ll serve breakfast before the first tunnel,” the conductor promised, “and nobody will be woken for a passport.”
Local politicians welcomed the decision, although the mayor’s office reminded everyone that the platform is still ten metres too short.
Tickets go on sale in October, and the company expects the first weekends to be crowded.""",
    ),
    "de": (
        """Die Werkstatt am Hafen baut wieder Boote, und zwar so, wie es der Großvater des Besitzers vor siebzig Jahren gelernt hat.
Zwölf Lehrlinge haben sich in diesem Sommer beworben, drei durften bleiben und schlafen nun über dem Lager.
Das Holz kommt aus den Wäldern hinter der Stadt und muss vier Winter trocknen, bevor jemand eine Säge ansetzen darf.
Im nächsten Frühjahr soll das erste Boot über die Bucht segeln, mit einer Mannschaft aus Schülern und ihren Eltern.
Wer mitfahren möchte, braucht Geduld, warme Kleidung und keine Angst vor kaltem Wasser.""",
    ),
    "fr": (
        """La petite gare de la vallée sera transformée en bibliothèque, a décidé le conseil municipal après une longue discussion.
Les habitants avaient proposé un restaurant, un musée du train et même une piscine, mais la lecture a gagné de deux voix.
Les travaux commenceront au printemps et devraient durer huit mois, si le toit ne réserve aucune mauvaise surprise.
Une ancienne voiture de voyageurs servira de salle pour les enfants, avec ses banquettes, ses rideaux et son chauffage.
La directrice espère ouvrir avant les vacances et cherche encore des volontaires pour porter les cartons.""",
    ),
    "es": (
        """El faro de la isla volverá a encenderse cada noche gracias al trabajo de un grupo de pescadores y de una ingeniera jubilada.
La linterna llevaba quince años apagada, porque nadie quería pagar la reparación de la escalera ni limpiar los cristales.
Durante el invierno subieron las piezas a mano, una por una, mientras el viento golpeaba las ventanas de la torre.
El ayuntamiento pagará la electricidad y los turistas podrán visitar la sala principal los domingos por la mañana.
Los pescadores dicen que ahora regresan tranquilos, aunque reconocen que también llevan teléfono.""",
    ),
    "it": (
        """Il vecchio mulino sul fiume tornerà a macinare grano dalla prossima primavera, grazie a una cooperativa di giovani agricoltori.
La ruota di legno è stata rifatta da un falegname del paese, che ha lavorato per nove mesi seguendo disegni di due secoli fa.
Durante i lavori sono venute alla luce alcune monete, una chiave arrugginita e il diario di un mugnaio molto pettegolo.
Chi vorrà potrà portare il proprio grano e aspettare la farina leggendo sotto il portico, davanti a un bicchiere di vino.
Il sindaco spera che il mulino attiri visitatori, ma chiede a tutti di lasciare la macchina in piazza.""",
    ),
    "pl": (
        """Stara szkoła na wzgórzu zostanie zamieniona w dom kultury, a pierwsze zajęcia odbędą się jeszcze przed zimą.
Mieszkańcy sami pomalowali ściany, naprawili podłogę i przynieśli krzesła, których nikt nie chciał wyrzucić.
W dawnej sali gimnastycznej powstanie scena, a w piwnicy pracownia, w której dzieci nauczą się budować latawce.
Dyrektorka obiecała, że wstęp będzie bezpłatny, jeżeli goście przyniosą ciasto albo opowiedzą dobrą historię.
Otwarcie zaplanowano na ostatnią sobotę października, niezależnie od pogody.""",
    ),
}

PHRASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "ko": (
        (
            "바다이야기",
            "야마토",
            "황금성",
            "손오공",
            "백경",
            "신천지",
            "알라딘",
            "파칭코",
            "카지노",
            "토토",
            "바카라",
            "슬롯",
            "홀덤",
            "릴게임",
            "양귀비게임",
            "경마",
            "비아그라",
            "시알리스",
        ),
        ("사이트", "추천", "주소", "게임장", "연타", "먹튀", "다운로드", "무료체험", "머니", "총판", "하는법", "게임몰", "순위", "쿠폰"),
        "",
    ),
    "zh": (
        ("澳门葡京", "百家乐", "老虎机", "真人娱乐", "时时彩", "永利博彩", "威尼斯人", "六合彩"),
        ("官网", "平台", "注册", "开户", "推荐", "下载", "投注网站", "最新网址"),
        "",
    ),
    "zh-hant": (("百家樂", "老虎機", "真人博彩", "時時彩", "線上賭場"), ("官網", "平台", "註冊", "開戶", "推薦", "優惠"), ""),
    "ja": (("カジノ", "パチンコ", "スロット", "バカラ", "ブックメーカー"), ("おすすめ", "攻略法", "入金不要", "ランキング", "無料登録", "ボーナス"), ""),
    "ru": (
        ("казино", "вулкан", "игровые автоматы", "покер", "рулетка", "слоты", "азино"),
        ("онлайн", "играть бесплатно", "на деньги", "зеркало", "официальный сайт", "без регистрации"),
        " ",
    ),
    "tr": (
        ("bahis", "canlı casino", "slot oyunları", "rulet", "deneme bonusu", "kaçak bahis", "poker"),
        ("güncel giriş", "siteleri", "yeni adresi", "veren siteler", "oyna", "güvenilir mi"),
        " ",
    ),
    "th": (("สล็อต", "บาคาร่า", "คาสิโน", "แทงบอล"), ("เว็บตรง", "ออนไลน์", "เครดิตฟรี", "แตกง่าย", "ขั้นต่ำ"), ""),
}

CODECS = {"cp949": "ko", "gbk": "zh", "big5": "zh-hant", "cp932": "ja", "euc_jp": "ja", "cp1251": "ru", "cp874": "th", "cp1254": "tr"}
WEIGHTS = {"cp949": 6, "gbk": 2, "big5": 1, "cp932": 2, "euc_jp": 1, "cp1251": 2, "cp874": 1, "cp1254": 1}


class Neighbour(NamedTuple):
    """A damaged article, what it was, what it should become, and an innocent text with the same phrase."""

    label: str
    damaged: str
    expected: str
    twin: str
    phrases: tuple[str, ...]


def load_make() -> Any:
    """The script that damages the samples."""
    spec = importlib.util.spec_from_file_location("make_samples", MAKE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def phrase(pick: random.Random, language: str) -> str:
    """A phrase put together from the words of a trade, rarely one that a table would hold as a whole."""
    heads, tails, space = PHRASES[language]
    return space.join([pick.choice(heads), *pick.sample(tails, pick.choice((1, 1, 2)))])


def places(pick: random.Random, article: str) -> list[str]:
    """Words that stand once in an article, each with a bar where it is split; and the beginning of one paragraph."""
    words = [word for word in article.split() if word.isalpha() and len(word) > 4 and article.count(word) == 1 and word.islower()]
    chosen = [f"{word[:cut]}|{word[cut:]}" for word in pick.sample(words, pick.choice((2, 3, 4))) for cut in [pick.randrange(2, len(word))]]
    paragraphs = [" ".join(line.split()[:3]) for line in article.split("\n")[1:] if line[0].isalpha()]
    return [f"|{pick.choice(paragraphs)}", *chosen] if pick.random() < 0.7 and paragraphs else chosen


def twin(pick: random.Random, article: str, spam: list[str]) -> str:
    """The same article with the same phrases as honest texts have them."""
    lines = article.split("\n")
    at = pick.randrange(1, len(lines))
    kind = pick.choice(("quoted", "listed", "reported"))
    if kind == "quoted":
        lines.insert(at, f"A sheet on the door said “{spam[0]}” in blue ink.")
    elif kind == "listed":
        lines[at:at] = ["Names that were painted over:", *(f"- {one}" for one in spam), "All were gone by noon."]
    else:
        lines.insert(at, f"In May the police had closed {spam[0]}, which ran in a cellar nearby, and fined its owner.")
    return "\n".join(lines)


def neighbour(seed: int) -> Neighbour:
    """The neighbour of a seed."""
    pick = random.Random(seed)
    make = load_make()
    article_language = pick.choices(list(ARTICLES), weights=(6, 1, 1, 1, 1, 1))[0]
    article = pick.choice(ARTICLES[article_language])
    codec = pick.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
    read = pick.choice(("latin-1", "sloppy-windows-1252"))
    halved = pick.random() < 0.4
    broken = places(pick, article)
    spam = [phrase(pick, CODECS[codec]) for _ in broken]
    damaged = article
    if article_language == "en":  # the whole page went through the codec of the spam
        for place, keyword in zip(broken, spam, strict=True):
            damaged = make.inject(damaged, place, keyword)
        damaged = make.misread(damaged, codec, read)
    else:  # a page with letters that codec lacks: the spam alone went through it
        for place, keyword in zip(broken, spam, strict=True):
            damaged = make.inject(damaged, place, make.misread(keyword, codec, read))
    if halved:
        damaged = make.half_redecode(damaged)
    label = f"{seed}: {article_language}, {codec} as {read}{', half re-decoded' if halved else ''}"
    return Neighbour(label, damaged, article, twin(pick, article, spam), tuple(spam))


def why(found: Neighbour, after: str) -> str:
    """In a word, what is wrong with a repair."""
    if any(one in after for one in found.phrases):
        return "spam decoded, not cut"
    if sum(map(str.isalpha, after)) > sum(map(str.isalpha, found.expected)) + 2:
        return "spam not decoded"
    if [line.split() for line in after.split("\n")] == [line.split() for line in found.expected.split("\n")]:
        return "white space"
    if "".join(filter(str.isalpha, after)) == "".join(filter(str.isalpha, found.expected)):
        return "marks"
    return "letters"


def main(count: int, *, verbose: bool) -> None:
    """Run `count` neighbours and say how many came out exact."""
    import difflib

    import summitfix

    reasons: Counter[str] = Counter()
    touched = 0
    for seed in range(count):
        found = neighbour(seed)
        after = summitfix.repair(found.damaged).after
        if after != found.expected:
            reasons[f"{why(found, after)} ({found.label.split(' ')[2]})"] += 1
            if verbose:
                lines = difflib.unified_diff(found.expected.split("\n"), after.split("\n"), lineterm="", n=0)
                print(found.label, found.phrases, *list(lines)[2:], sep="\n    ")
        innocent = summitfix.repair(found.twin).after
        if innocent != found.twin:
            touched += 1
            print("TWIN TOUCHED", found.label, repr(found.twin), repr(innocent), sep="\n    ")
    exact = count - reasons.total()
    print(f"{exact} of {count} neighbours exact; {count - touched} of {count} innocent twins untouched")
    for reason, times in reasons.most_common():
        print(f"{times:5} {reason}")


if __name__ == "__main__":
    main(int(next((argument for argument in sys.argv[1:] if argument.isdigit()), "200")), verbose="--verbose" in sys.argv)
