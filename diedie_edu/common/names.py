"""People's names: cleaned as they come in, a key by which one equals another, and a key that sorts
them like a class register.

The database's C collation knows nothing of Chinese, so every name is stored with a sort key
beside it. The key has one word a character: syllable, tone, then the character itself
("chen2陈 jian4建 cheng2城"). Digits come before letters in ASCII, so "chen" stands whole
before "cheng", tones follow inside a syllable, and people of one surname stay together.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import APOSTROPHES, DASHES, DOTS, plain
from diedie_edu.common.errors import Refused
from diedie_edu.common.surnames import COMPOUND_SURNAMES, SURNAME_READINGS
from diedie_edu.common.typed import means_nothing
from diedie_edu.common.variants import COUNTED_AS_FIRST, COUNTS_AS

MIN_LENGTH, MAX_LENGTH = 2, 50
KEY_LENGTH = 200
KEY_VERSION = 2
DOT = "·"

_DOTS = re.compile(rf"\s*(?:[{DOTS}]\s*)+")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
_BESIDE_A_STOP = rf"{_HAN}\u0600-\u06ff\u0750-\u077f\u0f00-\u0fff\u1800-\u18af"
_STOP_BETWEEN_PARTS = re.compile(
    rf"(?<=[{_BESIDE_A_STOP}])\s*[.。]\s*(?=[{_BESIDE_A_STOP}])|(?<=\w)\s*。\s*(?=\w)"
)
_ONE_SIGN = str.maketrans({**dict.fromkeys(DASHES, "-"), **dict.fromkeys(APOSTROPHES, "'")})
_NO_LETTERS = str.maketrans(dict.fromkeys(DOTS + DASHES + APOSTROPHES))
_DOT_OF_A_LINK = re.compile(r"\.(?=[^\W\d_]{2})")
_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_ALL_HAN = re.compile(rf"[{_HAN}]+")
_HAN_SIGN = re.compile(rf"[{_HAN}]")
_READING = re.compile(r"(?:[a-z]{1,6}[1-5]?(?: |$))*")
_ALLOWED_MARKS = {DOT, " ", "-", "'", "."}


def clean_name(text: str) -> str:
    """One person's name in its stored form.

    Spaces that pad two-character names in registers are taken out, the dot of minority and
    foreign names gets one code point, as hyphens and apostrophes do; "evil.com" becomes
    "evil. com", which no phone takes for a link. Raises `Refused` (`name_length`, `name_letters`,
    `name_of_nobody`).
    """
    name = plain(text or "").translate(_ONE_SIGN)
    name = " ".join(_STOP_BETWEEN_PARTS.sub(DOT, name).split())
    name = _SPACE_BETWEEN_HAN.sub("", _DOTS.sub(DOT, name)).strip(DOT)
    name = _DOT_OF_A_LINK.sub(". ", name)
    if not MIN_LENGTH <= len(name) <= MAX_LENGTH:
        raise Refused("name_length", _("Enter the full name, 2 to 50 characters."), "name")
    if not all(map(_may_stand_in_a_name, name)):
        raise Refused("name_letters", _("Enter the name without digits and signs."), "name")
    if means_nothing(name):
        raise Refused("name_of_nobody", _("This is nobody's name. Enter the full name."), "name")
    return name


def _may_stand_in_a_name(char: str) -> bool:
    return char in _ALLOWED_MARKS or _is_letter(char)


def _is_letter(char: str) -> bool:
    """Private-use and unassigned code points hold rare characters of real names."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category in {"Nl", "Co", "Cn"}


def name_key(text: str) -> str:
    """What two ways to write one name have in common: "2:陈建城" for 陳 建城, too.

    Only letters and digits count, without width, case and variants of characters; an empty text
    has no key. The version stands in front: whoever changes what counts raises it, and keeps in
    `former_name_keys` what counted before. `manage.py rekey` computes stored keys anew; a hash of a
    key that nobody can compute anew (an erased child's `child_hash`) keeps its own.
    """
    return f"{KEY_VERSION}:{letters_of(text)}" if text else ""


def former_name_keys(text: str) -> list[str]:
    """Keys of the same name under former versions, the youngest first."""
    compatible = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(char for char in compatible if _is_letter(char) or char.isalnum())
    return [f"1:{letters.translate(COUNTED_AS_FIRST) or compatible}"] if text else []


@lru_cache(maxsize=10_000)  # a list asks for each of its names six times
def letters_of(text: str) -> str:
    """The key without its version, for a search in keys; of signs alone, the signs."""
    meant = unicodedata.normalize("NFKC", plain(text).casefold())
    counted = meant.translate(_NO_LETTERS)
    letters = "".join(char for char in counted if _is_letter(char) or char.isalnum())
    return letters.translate(COUNTS_AS) or meant


def spellings(name: str, key: str) -> list[str]:
    """What somebody may type for a name with this sort key: 陈建城, chenjiancheng, cjc."""
    words = [re.sub("[^a-z]", "", word) for word in key.split()]
    return [letters_of(name), "".join(words), "".join(word[:1] for word in words)]


def is_spelled(text: str, name: str, key: str) -> bool:
    """Whether `text` is part of the name, or how its pinyin or its initials begin."""
    wanted, (letters, *others) = letters_of(text), spellings(name, key)
    return wanted in letters or any(word.startswith(wanted) for word in others)


def reads_as(text: str, typed: str) -> bool:
    """Whether letters that somebody typed are how a part of a text reads in pinyin, or its
    initials: "huxi", "hx" and "qiudong" for 秋冬护膝."""
    wanted = typed.casefold().replace(" ", "")
    syllables = [re.sub("[^a-z]", "", word) for word in _pinyin("".join(_HAN_SIGN.findall(text)))]
    starts = range(len(syllables))
    return wanted.isascii() and any(
        "".join(syllables[start:]).startswith(wanted)
        or "".join(word[:1] for word in syllables[start:]).startswith(wanted)
        for start in starts
    )


def covered(name: str) -> str:
    """陈**: enough for whoever knows the person, and no more."""
    return name[:1] + "*" * (len(name) - 1)


def sort_key(name: str, surname_reading: str = "") -> str:
    """The key by which `name` sorts, at most KEY_LENGTH characters.

    `surname_reading` overrides the table for people who read their surname otherwise: one
    pinyin syllable for each of its characters, as "shan4", "shàn" or "yu4 chi2".
    """
    parts = re.split(rf"[{DOT}\s]+", name.strip())
    if len(parts) == 1:
        words = _words(name.strip(), _surname(name.strip(), surname_reading))
    else:  # 阿不都·热合曼 begins with a given name, John Smith too
        words = [word for part in parts for word in _words(part, [])]
    return " ".join(words)[:KEY_LENGTH]


def clean_reading(text: str) -> str:
    """A surname's reading in its stored form, "shan4" or "yu4 chi2"; empty stays empty.

    Raises `Refused` (`reading_invalid`).
    """
    typed = unicodedata.normalize("NFKC", text or "").lower().strip()
    reading = " ".join(_syllable(syllable) for syllable in typed.split())
    if not (re.fullmatch(r"(?:[^\d\s]+[1-5]?(?:\s+|$))*", typed) and _READING.fullmatch(reading)):
        raise Refused(
            "reading_invalid",
            _("Enter the pinyin of the surname, for example shan4, or yu4 chi2 with a space."),
            "surname_reading",
        )
    return reading


def partly_covered(name: str) -> str:
    """A name as it may be shown where others look on: 王*英, 王*."""
    return f"{name[0]}*{name[-1] if len(name) > 2 else ''}"


def surname_of(name: str) -> str:
    """欧阳 of 欧阳明, 陈 of 陳建城; the whole name where parts stand apart."""
    if len(re.split(rf"[{DOT}\s]+", name.strip())) > 1:
        return letters_of(name)
    return _surname_in(letters_of(name))


def _surname_in(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]


def _surname(name: str, reading: str) -> Sequence[str]:
    """The syllables of the surname, which is read on its own: 王朝阳 is not a 王朝 (dynasty)."""
    if reading:
        return [_syllable(syllable) for syllable in reading.split()][: len(name)]
    surname = _surname_in(name.translate(COUNTS_AS))  # 單 is read as 单, 歐陽 as 欧阳
    own = SURNAME_READINGS.get(name[: len(surname)]) or SURNAME_READINGS.get(surname, "")
    return own.split() or _pinyin(surname)


def _words(part: str, surname: Sequence[str]) -> list[str]:
    if not _ALL_HAN.fullmatch(part):
        return [part.casefold()]
    syllables = [*surname, *_pinyin(part[len(surname) :])]
    return [_word(*pair) for pair in zip(syllables, part, strict=True)]


def _word(syllable: str, char: str) -> str:
    """A character without a known reading sorts behind all others.

    Dictionaries print lu, lü, luan, lüe, lun: the colon sorts between digits and letters.
    """
    if syllable.startswith(char):
        return f"~{char}"
    return f"{syllable.replace('ve', 'ue').replace('v', 'u:')}{char}"


@lru_cache(maxsize=8192)  # surnames and given names repeat; reading one takes 15 µs
def _pinyin(text: str) -> tuple[str, ...]:
    """A syllable for each character, the character itself where it has no known reading."""
    from pypinyin import Style, lazy_pinyin

    readings = lazy_pinyin(
        text,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        errors=list,  # type: ignore[arg-type]  # a list gives one entry for each character
    )
    return tuple(readings)


def _syllable(text: str) -> str:
    """shàn, SHAN4 -> shan4; ü, u: and v are one letter."""
    from pypinyin.contrib.tone_convert import to_tone3

    return to_tone3(text.lower().replace("u:", "v"), v_to_u=False).replace("ü", "v")
