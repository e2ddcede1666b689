"""Links that need no sign-in: whoever got the message may do the one thing it offers.

A token names rows by number and is signed for one purpose; it is kept nowhere, so a link in a
message is made when the message is read or sent, and no table or broker holds it. What the row
allows, and until when, is for the rules of whoever opens it.
"""

import re

from django.utils.crypto import constant_time_compare

from diedie_edu.common.crypto import keyed_hash, keyed_hashes

SIGNATURE = 32  # hex digits, 128 bits: beyond guessing
TOKEN = re.compile(rf"((?:[0-9]{{1,18}}-)+)([0-9a-f]{{{SIGNATURE}}})")


def token(purpose: str, *numbers: int) -> str:
    """The numbers with their signature, such as "12-345-9f86d081884c7d659a2feaa04c5e1b73"."""
    return f"{_named(numbers)}{keyed_hash(_named(numbers), _key(purpose))[:SIGNATURE]}"


def numbers_in(text: str, purpose: str) -> tuple[int, ...] | None:
    """What a token of this purpose names; None where it was not made here or was altered."""
    found = TOKEN.fullmatch(text)
    if found is None:
        return None
    named, signature = found.groups()
    made = [digest[:SIGNATURE] for digest in keyed_hashes(named, _key(purpose))]
    if not any(constant_time_compare(signature, one) for one in made):
        return None
    return tuple(int(number) for number in named.split("-")[:-1])


def _named(numbers: tuple[int, ...]) -> str:
    return "".join(f"{number}-" for number in numbers)


def _key(purpose: str) -> str:
    return f"link:{purpose}"
