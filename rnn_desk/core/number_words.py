"""The digits by what they are called: in figures of any script, and in words of some languages."""

from __future__ import annotations

import re
import unicodedata

_CALLED = (
    "zero null nul cero ling ноль нуль sifir 零 〇",
    "one eins ein un uno um een yi один bir 一 壹",
    "two zwei zwo deux dos due dois twee er два iki 二 贰",
    "three drei trois tres tre drie san три uc 三 叁",
    "four vier quatre cuatro quattro quatro si четыре dort 四 肆",
    "five funf fuenf cinq cinco cinque vijf wu пять bes 五 伍",
    "six sechs seis sei zes liu шесть alti 六 陆",
    "seven sieben sept siete sette sete zeven qi семь yedi 七 柒",
    "eight acht huit ocho otto oito ba восемь sekiz 八 捌",
    "nine neun neuf nueve nove negen jiu девять dokuz 九 玖",
)
"""English, German, French, Spanish, Italian, Portuguese, Dutch, Pinyin, Russian, Turkish and
Chinese, without accents."""

_DIGITS = {word: str(k) for k, words in enumerate(_CALLED) for word in words.split()}

_PARTS = re.compile(r"[^\W\d_]+|\d+(?:\.0*)?")


def digit_of(name: str) -> str | None:
    """The digit that a class's name means: "7", "seven", "digit 7", "7.0", "sieben", "七"; None
    where none."""
    parts = _PARTS.findall(_plain(name))
    digits = {_DIGITS[part] for part in parts if part in _DIGITS}
    digits |= {str(int(part.split(".")[0])) for part in parts if part[0].isdecimal()}
    found = digits.pop() if len(digits) == 1 else ""
    return found if len(found) == 1 else None


def _plain(name: str) -> str:
    """In small letters without accents, no "digit" of Chinese before them."""
    apart = unicodedata.normalize("NFKD", name.lower().removeprefix("数字"))
    bare = "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i")
    return unicodedata.normalize("NFC", bare)
