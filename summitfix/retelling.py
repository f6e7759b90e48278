"""A misreading done again, step by step: what was meant, its bytes, what was read, and what became of that since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from summitfix import codecs
from summitfix.rereading import STEPS, Chain
from summitfix.rereading.wear import TWINS

_STEPS = {step.name: step for step in STEPS}
_UTF_8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")


_ENTITIES = re.compile("(?:&[^&;]+;)+")


def chain_named(rule: str) -> Chain:
    """The misreadings that a rule names, in the order in which they happened; none if it names something else."""
    steps = [_STEPS.get(name) for name in rule.removeprefix("mojibake.").split("+")]
    return tuple(step for step in steps if step) if all(steps) else ()


def written(text: str, codec: str) -> bytes:
    """`text` as a program writes it in a codec: a question mark for what the codec lacks."""
    return b"".join(codecs.encode(sign, codec) if codecs.is_encodable(sign, codec) else b"?" for sign in text)


def read(data: bytes, codec: str, skip: int = 2) -> str:
    """Bytes as a program reads them in a codec: U+FFFD for what is none of it. In codecs of two bytes that is two bytes to Windows, to others one: `skip`.

    >>> read("에서".encode(), "cp949")
    '�먯꽌'
    """
    if codec == "utf-8" or codec not in codecs.MULTI_BYTE:
        return data.decode(codec, "replace") if codec == "utf-8" else codecs.decode(data, codec)
    text = ""
    while data:
        try:
            return text + codecs.decode(data, codec)
        except UnicodeDecodeError as error:
            text += codecs.decode(data[: error.start], codec) + "\ufffd"
            data = data[error.start + skip :]
    return text


def read_again(data: bytes, codec: str) -> str:
    """Bytes as an 8-bit codec, but for those that happen to be UTF-8: what a fixer leaves that knows nothing else.

    >>> read_again(b"caf\\xe9 \\xc3\\xa9", "latin-1")
    'café é'
    """
    done, text = 0, ""
    for match in _UTF_8.finditer(data):
        text += read(data[done : match.start()], codec) + match[0].decode("utf-8", "replace")
        done = match.end()
    return text + read(data[done:], codec)


def retold(text: str, chain: Chain, *, again: bool = True, skip: int = 2) -> Iterator[tuple[str, str | bytes]]:
    """What happened to `text`, the first misreading first: each time its bytes and what they were read as, each with a label.

    Where parts were read again as UTF-8 it is not known which; if `again`, all are of which that is possible, else none. `skip`: see `read`.
    """
    yield "meant", text
    for step in chain:
        data = written(text, step.meant)
        yield f"in {step.meant}", data
        codec = codecs.ISLANDS.get(step.read, step.read)
        text = read(data, codec, skip)
        yield f"read as {codec}", text
        if again and step.read in codecs.ISLANDS:
            text = read_again(data, codec)
            yield "partly again as utf-8", text


def misread(text: str, chain: Chain, *, again: bool = True, skip: int = 2) -> str:
    """What misreadings make of `text`; see `retold`."""
    return str(list(retold(text, chain, again=again, skip=skip))[-1][1])


def since(then: str, now: str) -> Iterator[str]:
    """What became of the characters of `then`, a misreading as it was, in `now`, the text as it stands."""
    for tag, start, end, first, last in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _fate(then[start:end], now[first:last])


def _fate(then: str, now: str) -> str:
    """What became of some characters."""
    named = f"{codes(then)} " if then else ""
    twins = {char: [twin for chars, twin, _ in TWINS if char in chars] for char in then}
    if not then:
        return f"{shown(now)} came in"
    if not now:
        return f"{named}is gone"
    if not now.isascii() and any(_are_bytes(then, now, codec) for codec in codecs.ISLANDS.values()):
        return f"{shown(then)} was read again as utf-8: {shown(now)}"
    if len(then) == 1 and now in twins[then]:
        return f"{named}was straightened to {shown(now)}"
    if _ENTITIES.fullmatch(now):
        return f"{named}was written in entities: {now}"
    if now == then.lower():
        return f"{named}was lowered to {shown(now)}"
    if not then.strip("\ufffd"):
        return f"the bytes that are no character became {shown(now)}"
    if not now.strip("\ufffd"):
        return f"{named}became {codes(now)}: a decoder had no character for it"
    if not now.strip("?"):
        return f"{named}became {shown(now)}: a codec had no such character"
    return f"{named}became {shown(now)}"


def _are_bytes(then: str, now: str, codec: str) -> bool:
    """Whether the bytes of some text in a codec are other text in UTF-8."""
    return codecs.is_encodable(then, codec) and codecs.encode(then, codec) == now.encode("utf-8", "surrogatepass")


def codes(text: str) -> str:
    """The code points of a text: `U+00E2 U+20AC`."""
    return " ".join(f"U+{ord(sign):04X}" for sign in text)


def shown(text: str) -> str:
    """A text in quotation marks, or by its code points where it does not print or holds one."""
    return f'"{text}"' if text.isprintable() and '"' not in text else codes(text)
