"""Words that look odd to a model of letters and are nothing but usual: units, numbers with their signs, Greek letters in formulas, laughter."""

from __future__ import annotations

import re
from typing import NamedTuple


class Row(NamedTuple):
    """Words that match `pattern` as a whole are no witnesses of damage; `hits` and `misses` are its tests."""

    pattern: str
    hits: str
    misses: str


_BEFORE, _BEHIND = r"[(\[\d.,±~≈+-]*", r"[)\]\d.,;²³′″'\"-]*"

ROWS = (
    # An ohm, a degree and an angstrom, with a prefix before and a letter behind: measured in every manual.
    Row(_BEFORE + r"(?:[munpkMGT]?[ΩÅ]|°[CFKNSEWO]?|℃)" + _BEHIND, "Ω kΩ 4.7kΩ 10Å 20°C (45° ±5° 12°N", "Ωmega Åse caf° l°"),
    Row(_BEFORE + "[µμ](?:m|s|g|l|L|A|V|W|F|H|M|C|J|N|Pa|Hz|Sv|Gy|mol|sec)?" + _BEHIND, "µm 5µs µ μF (3.5µm) µmol", "lµm µng tªµ"),
    # The signs of a number, which French, Italian, Spanish and Portuguese write: n° 5, 2º, 1ª.
    Row(r"[(\[]?[NnPpCcSs]\.?[°º]" + _BEHIND + "|[(\\[\\d.]*\\d[ªº°]" + _BEHIND, "n° N°5 nº 1ª 2º, (3°)", "an° º º1x fªn"),
    # A Greek letter that names a thing, alone, with an index, before a hyphen, or before one letter if it is a delta.
    Row(r"[(\[]?[α-ωΓΔΘΛΞΠΣΦΨΩ][\d₀-₉'′]*(?:[-‐‑–][A-Za-z-]+)?[),.;\]]*|Δ[A-Za-z][),.;]*", "β-carotene γ-rays (α) λ Δv σ₁", "αβγδ Ωmega cafγ"),
    # Square units, which Korean, Chinese and Japanese write as one character, and what hangs on them.
    Row(r"[(\[]?[\d.,~∼～-]+[가-힣]{0,2}[㎀-㏟][가-힣]{0,4}[)\].,]*", "85㎡ 4000㎞, 3.5㎞에 3.3㎡당", "㎡ é5㎡"),
    # Bullets, alone or before a word of Korean, Chinese or Japanese or one without signs of its own.
    Row(r"[■□▲△▼▽◆◇○●◎★☆※①-⑳→](?:[가-힣\u3041-\u30ff\u4e00-\u9fffA-Za-z0-9]{2,}[.,:]?)?", "■ ▲ ① ◇미디 ▲10라운드", "■é ▲ñandu"),
    # One letter again and again, as dates and figures are sketched: ГГГГ-ММ-ДД, dd.mm.åååå. A run is taken whole, or 40 letters could be cut into millions.
    Row(r"(?:(?P<letter>[^\W\d_])(?P=letter)+(?!(?P=letter))[^\w]*)+", "сс ГГГГ ÅÅÅÅ-MM-DD µµµ", "été ссср"),
    # Korean laughs and weeps in single jamo, alone or behind a word, and says yes, thanks and sorry in two or three: read as GBK all are hiragana.
    Row(
        r"[가-힣]*(?P<jamo>[ㄱ-ㅣ])(?:(?P=jamo)|[~!.,…^])*(?:[ㄱ-ㅣ][~!.,…^]*)?|[가-힣]*[ㅋㅎㅠㅜㅡ][ㅋㅎㅠㅜㅡ~!.,…^]*|(?P<short>[ㄱ-ㅎ]{2,3})(?P=short)*[~!.,…^]*",
        "ㅋㅋㅋ ㅠㅠ ㅎㅎ~ 좋아ㅋㅋ ㅇㅋ 네ㅠㅠㅠㅠ 아ㅋㅋㅎㅎ ㅠㅜㅠㅜ ㅋㅅㅋ ㄱㅅㄱㅅ",
        "ㅋあ ㄱㄴㄷㄹ 뉩ㅋㅅㅋ",
    ),
)

_SOUND = re.compile("|".join(f"(?:{row.pattern})" for row in ROWS))


def is_sound(word: str) -> bool:
    """Whether a word is one of ROWS.

    >>> is_sound("4.7kΩ"), is_sound("Ωmega")
    (True, False)
    """
    return _SOUND.fullmatch(word) is not None
