"""What a text message costs, what may stand at its places, and the short link at its end.

On the mainland text messages go out as templates that a provider has approved: fixed words, and
variables of limited length, each once. A link stands in the fixed words, with its last part as a
variable.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.conf import settings

from diedie_edu.common.bilingual import in_language

# The longest PORTAL_URL with which every text message keeps to what its kind promises.
LONGEST_ADDRESS = 30
# Signs of the old alphabet of phones; a text with any other is sent in UTF-16 as a whole.
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = frozenset("\f^{}\\[~]|€")  # each takes the room of two
KEYS = re.compile(r"[\w-]{22}", re.ASCII)
# 【…】 is a provider's mark of who sends, and is refused anywhere else. What phones take for a link
# or a number to ring is never ours where it stands in words that people write themselves.
NO_SIGNATURE = str.maketrans("【】[]", "「」()")
LINK = re.compile(r"://|(?<=\w)[.．。｡](?=[^\W\d_]{2})")
NUMBER_TO_RING = re.compile(r"\+?\d(?:[ -]?\d){6,}")


def segments(text: str) -> int:
    """How many text messages a phone company counts for it, signature included."""
    if set(text) <= GSM_7 | GSM_7_TWICE:
        length, alone, each = len(text) + sum(sign in GSM_7_TWICE for sign in text), 160, 153
    else:
        length, alone, each = units(text), 70, 67
    return 1 if length <= alone else -(-length // each)


def units(text: str) -> int:
    """Its length as phones count it: a rare character or an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def mainland_segments(text: str) -> int:
    """The same as providers on the mainland count it: any sign is one of 70, English ones too."""
    length = units(text)
    return 1 if length <= 70 else -(-length // 67)


# --- Templates as they are handed in ---------------------------------------------------


PLACE = re.compile(r"\$\{(\w+)\}")
NUMBERED_PLACE = re.compile(r"\{(\d+)\}")


def names_in(text: str) -> list[str]:
    """The variables of a template, in the order in which they stand."""
    return PLACE.findall(text)


def by_number(text: str) -> str:
    """The same template with {1}, {2} … in the places of its variables."""
    numbers = count(1)
    return PLACE.sub(lambda _place: f"{{{next(numbers)}}}", text)


def by_name(text: str, names: Sequence[str]) -> str:
    """The other way round; a number without a name stays."""
    known = {str(number): f"${{{name}}}" for number, name in enumerate(names, 1)}
    return NUMBERED_PLACE.sub(lambda place: known.get(place[1], place[0]), text)


# --- Variables -------------------------------------------------------------------------


@dataclass(frozen=True)
class Longest:
    """A sort of variable, by the longest value that it may have in each language; what people
    write themselves stands in messages of both languages as it is."""

    chinese: str
    english: str = ""

    @property
    def value(self) -> str:
        """In the language at hand."""
        return in_language(self.chinese, self.english)

    def shortened(self, text: str) -> str:
        """On one line, without a signature's brackets, a link or a number to ring, and ending with
        … where it is longer."""
        plain = NUMBER_TO_RING.sub("…", LINK.sub(" ", text.translate(NO_SIGNATURE)))
        line, limit = " ".join(plain.split()), units(self.value)
        if units(line) <= limit:
            return line
        while units(line) >= limit:
            line = line[:-1]
        return f"{line.rstrip()}…"


# No provider takes more than twenty signs without asking why, and none a sentence, a list, a
# phone number or a link.
TITLE = Longest("秋冬护膝与关节保养：老年人每天五分钟体操")
NAME = Longest("买合木提江·阿卜杜热合曼·吐尔逊")
VENUE = Longest("社区党群服务中心多功能厅", "Calligraphy room")
MOMENT = Longest("12月28日（周六）23:59", "Wed 28 Sep, 23:59")
DAY = Longest("12月28日（周六）", "Wed 28 Sep")
CLOCK = Longest("23:59")
NUMBER = Longest("999")
CODE = Longest("999999")
KEY = Longest("ZZZZZZZZZZZZZZZZZZZZZw")


# --- Short links -----------------------------------------------------------------------


def short_link(key: str) -> str:
    """The address in a message that leads to the page it is about (`views.short_link`)."""
    return f"{settings.PORTAL_URL}/m/{key}"


def key_of(reference: UUID) -> str:
    """A notice's reference in 22 signs, beyond guessing: whoever has the message has the page."""
    return urlsafe_b64encode(reference.bytes).decode().rstrip("=")


def reference_in(key: str) -> UUID | None:
    """The reference that a key was made of; phones may have taken signs behind the link for part
    of it. None where it is none."""
    found = KEYS.match(key)
    return UUID(bytes=urlsafe_b64decode(f"{found[0]}==")) if found else None
