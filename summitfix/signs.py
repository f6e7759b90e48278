"""What a sign costs in running text, in nats: all that stands between the letters."""

from __future__ import annotations

from functools import cache

from summitfix.scripts import NAMES

SYMBOLS = (
    # signs, nats each. Ordered by how often each stands in 21 million characters of sentences in 70 languages; the quotation marks and dashes,
    # which read-aloud sentences lack, by their place in printed text.
    ("’", 5.0),
    ("“”", 5.5),
    ("—…–‘", 6.0),
    ("„«»‚‹›", 6.5),
    ("。，、", 4.0),
    ("？！：；（）「」『』《》【】・ー～〜", 5.5),
    ("।॥؟،؛۔։՝՞", 4.0),
    ("\u200c\u200d", 5.0),
    ("\u0332\u0333\u0334\u0335\u0336\u0337\u0338", 5.0),
    ("¡¿·°•€£©®™№§", 7.5),
    ("\u00a0\u202f\u2009\u3000\ufeff\ufe0f", 6.5),
    ("º½×²³±→←✓★−", 8.5),
    ("¢¥ªµ¼¾÷´¨¹‰†‡", 10.0),
    ("¤¦¬¯¶¸\u00ad", 11.5),
)

RANGES = (
    # first and last code point, nats
    (0x00, 0x08, 13.0),
    (0x0B, 0x1F, 13.0),
    (0x21, 0x2F, 2.5),
    (0x3A, 0x40, 2.5),
    (0x5B, 0x60, 3.0),
    (0x7B, 0x7E, 3.0),
    (0x7F, 0x9F, 20.0),
    (0x2010, 0x206F, 9.0),
    (0x20A0, 0x20CF, 9.5),
    (0x2100, 0x214F, 10.0),
    (0x2150, 0x218F, 10.0),
    (0x2190, 0x22FF, 9.5),
    (0x2300, 0x243F, 10.5),
    (0x2460, 0x24FF, 9.5),
    (0x2500, 0x257F, 8.5),
    (0x2580, 0x25FF, 9.5),
    (0x2600, 0x27BF, 9.0),
    (0x27C0, 0x27FF, 11.0),
    (0x2800, 0x28FF, 13.0),
    (0x2900, 0x2BFF, 11.0),
    (0x3001, 0x303F, 8.0),
    (0xFE10, 0xFE6F, 11.0),
    (0xFF01, 0xFF60, 7.5),
    (0xFF61, 0xFF9F, 8.5),
    (0xFFE0, 0xFFEE, 10.0),
    (0xE000, 0xF8FF, 16.0),
    (0xFFFD, 0xFFFD, 8.0),
    (0xFFF0, 0xFFFF, 16.0),
    (0x1F000, 0x1FAFF, 9.0),
    (0xE0000, 0x10FFFF, 17.0),
)

REST = 13.0
"""What any other sign costs."""

INNER = frozenset("’'-‐‑·\u200c\u200d\u00ad\u2060´ʼ\ufffd\u0332\u0333\u0334\u0335\u0336\u0337\u0338")
"""Signs that stand between letters in good text."""

DRAWN = 4.0
"""What a line, box, block, arrow or shape costs beside another: drawings are made of many."""

BETWEEN = 6.0
"""What a sign that is not INNER costs more between two letters: `NÃ©voa`."""

MIXED = 4.5
"""What it costs that letters of two scripts touch; Han, kana and Hangul touch everything."""

OPENING = "¡¿"
OPENED = 3.5
"""How much less the signs that open a Spanish sentence cost before a letter."""

HYPHENATED = 9.5
"""How much less a soft hyphen costs between letters, where some Belarusian and Georgian pages have one in every word."""

SPACED = frozenset(NAMES) - {"j", "k"}
"""The marks of scripts that put spaces between words."""

REPEATED = 0.7
"""What a sign costs that repeats the one before it: rules and boxes."""


@cache
def sign_nats(char: str) -> float:
    """What a sign costs that stands alone, in nats."""
    code = ord(char)
    for signs, nats in SYMBOLS:
        if char in signs:
            return nats
    return next((nats for first, last, nats in RANGES if first <= code <= last), REST)


def is_common(char: str) -> bool:
    """Whether a sign is common in running text, as quotation marks, dashes, bullets and degree signs are."""
    return sign_nats(char) <= 7.5 and char.isprintable()


def is_drawn(char: str) -> bool:
    """Whether a sign is a line, box, block, arrow or shape, or a Braille pattern."""
    return "\u2190" <= char <= "\u21ff" or "\u2500" <= char <= "\u28ff"
