"""The codecs that files are in: how rare each is, and for which languages it was made."""

from __future__ import annotations

import summitfix.codecs  # noqa: F401  it registers VISCII and TCVN3

WESTERN = "en fr de es pt it nl sv da nb fi is ca eu gl ga br cy af sq id la"
CENTRAL = "pl cs sk hu sl hr ro sq"
BALTIC = "lt lv et"
CYRILLIC = "ru uk be bg mk sr mn"
ARABIC = "ar fa ur"

CODECS = {
    # Python's name, or ours in codecs.OWN: what it costs in nats to say that a text is in it, and the languages for which it was made
    "utf_8": (0.5, ""),
    "cp1252": (1.3, WESTERN),
    "cp1251": (1.5, CYRILLIC),
    "cp1250": (2.0, CENTRAL),
    "cp1254": (2.0, "tr az"),
    "cp949": (2.0, "ko"),
    "gb18030": (2.0, "zh-hans zh-hant"),
    "shift_jis": (1.9, "ja"),
    "cp932": (2.0, "ja"),
    "cp950": (2.5, "zh-hant"),
    "koi8_r": (2.5, "ru bg"),
    "iso8859_2": (2.5, CENTRAL),
    "cp1253": (2.5, "el"),
    "cp1255": (2.5, "he"),
    "cp1256": (2.5, ARABIC),
    "cp1257": (2.5, BALTIC),
    "cp874": (2.5, "th"),
    "euc_jp": (3.0, "ja"),
    "cp850": (3.0, WESTERN),
    "cp866": (3.0, "ru be uk bg"),
    "mac_roman": (3.0, WESTERN),
    "cp437": (3.5, "en fr de es it nl sv fi"),
    "iso8859_7": (3.5, "el"),
    "iso8859_9": (3.5, "tr az"),
    "koi8_u": (3.5, "uk ru"),
    "cp852": (4.0, CENTRAL),
    "cp1258": (4.0, "vi"),
    "tcvn3": (4.0, "vi"),
    "iso8859_13": (4.0, BALTIC),
    "iso8859_15": (4.0, WESTERN + " et"),
    "iso8859_6": (4.5, ARABIC),
    "iso8859_8": (4.5, "he"),
    "mac_latin2": (4.5, CENTRAL),
    "viscii": (5.0, "vi"),
    "iso8859_5": (5.0, CYRILLIC),
    "cp855": (5.0, "ru bg mk sr"),
    "mac_cyrillic": (5.0, CYRILLIC),
    "big5hkscs": (5.0, "zh-hant"),
    "cp737": (5.0, "el"),
    "cp775": (5.0, BALTIC),
    "cp857": (5.0, "tr"),
    "cp862": (5.0, "he"),
    "cp720": (5.5, ARABIC),
    "cp860": (5.5, "pt"),
    "cp865": (5.5, "da nb"),
    "cp1125": (5.5, "uk"),
    "mac_greek": (5.5, "el"),
    "mac_turkish": (5.5, "tr"),
    "iso8859_4": (6.0, BALTIC),
    "iso8859_3": (6.0, "eo mt"),
    "iso8859_14": (6.0, "cy ga"),
    "iso8859_16": (6.0, "ro"),
    "cp861": (6.0, "is"),
    "cp863": (6.0, "fr"),
    "cp869": (6.0, "el"),
    "kz1048": (6.0, "kk"),
    "ptcp154": (6.5, "kk"),
    "mac_iceland": (6.0, "is"),
    "mac_romanian": (6.0, "ro"),
    "mac_croatian": (6.0, "hr sl"),
    "johab": (6.0, "ko"),
}
"""Ordered by how often public files show it. Text in a language for which a codec was not made is hardly ever in it: Polish is no more in cp1257 than
French is in cp1250, and of a single accented letter nothing else may tell.

Shift_JIS and cp932 differ in six signs of JIS X 0208 alone: 81 60 is the wave dash 〜, as in EUC-JP, or what Windows made of it, ～. The bytes do not
tell; that is a tie, which the evidence says.
"""
