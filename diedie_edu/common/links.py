"""Links that need no sign-in: whoever got the message may do the one thing it offers.

A token names rows by number and is signed for one purpose; it is kept nowhere, so a link in a
message is made when the message is read or sent, and no table or broker holds it. What the row
allows, and until when, is for the rules of whoever opens it. In front it may name its bearer: a
message, and a mark of the phone that its addressee then had (`Bearer`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.common.manifests import parts_of

SIGNATURE = 32  # hex digits, 128 bits: beyond guessing
MARK = 8
BEARER = re.compile(rf"m([0-9]{{1,18}})x([0-9a-f]{{{MARK}}})-")
TOKEN = re.compile(
    rf"((?:m[0-9]{{1,18}}x[0-9a-f]{{{MARK}}}-)?(?:[0-9]{{1,18}}-)+)([0-9a-f]{{{SIGNATURE}}})"
)


@dataclass(frozen=True)
class Bearer:
    """`holds(number, mark)`: whether links of the message with this number still open; a part of
    the manifest of whoever keeps messages."""

    holds: Callable[[int, str], bool]


def token(purpose: str, *numbers: int, bearer: tuple[int, str] | None = None) -> str:
    """The numbers with their signature, such as "12-345-9f86d081884c7d659a2feaa04c5e1b73"."""
    named = (f"m{bearer[0]}x{bearer[1]}-" if bearer else "") + _named(numbers)
    return f"{named}{keyed_hash(named, _key(purpose))[:SIGNATURE]}"


def numbers_in(text: str, purpose: str) -> tuple[int, ...] | None:
    """What a token of this purpose names; None where it was not made here, was altered, or came to
    a phone that its reader no longer has."""
    found = TOKEN.fullmatch(text)
    if found is None:
        return None
    named, signature = found.groups()
    made = [digest[:SIGNATURE] for digest in keyed_hashes(named, _key(purpose))]
    if not any(constant_time_compare(signature, one) for one in made):
        return None
    if (sent := BEARER.match(named)) and not _still_theirs(int(sent[1]), sent[2]):
        return None
    return tuple(int(number) for number in BEARER.sub("", named).split("-")[:-1])


def _still_theirs(message: int, mark: str) -> bool:
    return all(bearer.holds(message, mark) for bearer in parts_of(Bearer))


def _named(numbers: tuple[int, ...]) -> str:
    return "".join(f"{number}-" for number in numbers)


def _key(purpose: str) -> str:
    return f"link:{purpose}"
