"""The one search for people.

Each way to mean somebody is a condition that an index serves (docs/adr/0058), and each is asked on
its own where all residents are looked through.
"""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from diedie_edu.accounts.models import User
from diedie_edu.common.characters import plain
from diedie_edu.common.names import letters_of
from diedie_edu.common.phones import digits_of, is_phone
from diedie_edu.people.fields import (
    LAST_DIGITS,
    WITH_EXTENSION,
    initials,
    last_digits,
    letters,
    numbers_in,
    replaced,
)
from diedie_edu.people.models import Household, Resident

FEWEST_DIGITS = LAST_DIGITS  # of a phone
FEWEST_OF_A_HOUSE = 3
MOST_FOUND = 12


def residents_like(text: str, among: QuerySet[Resident] | None = None) -> list[Resident]:
    """The first of those whom the words mean (`matching`), in the order of pinyin; `among` are
    few."""
    if among is None:
        people = matching(Resident.objects.all(), text)
    else:
        people = _prepared(among).filter(reduce(or_, _ways(text)))
    found = people.select_related("household", "account")
    return list(found.order_by("sort_key", "pk")[:MOST_FOUND])


def matching(people: QuerySet[Resident], text: str) -> QuerySet[Resident]:
    """The one search for people: of `people` those whose name (by its key) holds `text`, whose
    pinyin or its initials begin with it, whose phone ends in it, or who live at that number:
    "建城", "chenjian", "cjc", "5678", "12-3-501", "501"."""
    return _meant(people, _ways(text))


def named_like(people: QuerySet[Resident], text: str) -> QuerySet[Resident]:
    """As `matching`, by name alone."""
    return _meant(people, _names(text))


def means_a_number(text: str) -> bool:
    """Whether it has digits and signs alone, or is a whole phone, with its extension too."""
    return letters_of(text).isdecimal() or is_phone(text)


def _meant(people: QuerySet[Resident], ways: Iterator[Q]) -> QuerySet[Resident]:
    everybody = _prepared(Resident.objects.order_by())
    first, *others = [everybody.filter(way).values("pk") for way in ways]
    return people.filter(pk__in=first.union(*others))


def _prepared(people: QuerySet[Resident]) -> QuerySet[Resident]:
    """With the names that conditions on names use."""
    return people.alias(pinyin=letters(r"[^a-z]", ""), initials=initials())


def _ways(text: str) -> Iterator[Q]:
    yield from _lives_at(text)
    yield from _phone_ends(text) if means_a_number(text) else _names(text)


def _names(text: str) -> Iterator[Q]:
    wanted = letters_of(text)
    yield Q(name_key__holds=text)
    if wanted.isascii() and not wanted.isdecimal():
        yield Q(pinyin__startswith=wanted)
        yield Q(initials__startswith=wanted)


def _lives_at(text: str) -> Iterator[Q]:
    """Whether the digits of a house number ("12栋3单元501") stand in that order in the label."""
    if numbers := re.findall("[0-9]+", plain(text)):
        flat = replaced(F("label"), "[^0-9]+", "-")
        homes = Household.objects.alias(numbers=numbers_in("label"), flat=flat)
        those = homes.filter(flat__regex=f"(^|-){'-'.join(numbers)}(-|$)").filter(
            numbers__contains=numbers  # type: ignore[misc]  # an array, which an alias hides
        )
        yield Q(household__in=those.order_by().values("pk"))


def phone_ends(text: str) -> Q:
    """Of their own phone; where they have none, of their household's, or of a relative's with an
    account, who acts for them. An extension behind it may be left out."""
    return reduce(or_, _phone_ends(text))


def _phone_ends(text: str) -> Iterator[Q]:
    digits = digits_of(text)
    if len(digits) < FEWEST_DIGITS:
        yield Q(pk__in=[])
        return
    ends, last = f"{'-?'.join(digits)}(-[0-9]{{1,6}})?$", digits[-LAST_DIGITS:]
    ends_so = Q(phone__regex=ends) & (
        Q(Exact(last_digits("phone"), last)) | Q(phone__regex=WITH_EXTENSION)
    )
    acting = User.objects.filter(Exact(last_digits("phone"), last), phone__endswith=digits)
    has_none = Q(phone="", account=None)
    homes = Household.objects.order_by().filter(ends_so)
    relatives = Resident.objects.order_by().filter(departed_on=None, account__in=acting)
    yield Q(Exact(last_digits("phone_key"), last), phone_key__endswith=digits)
    yield Q(phone__regex=WITH_EXTENSION) & Q(phone__regex=ends)
    yield Q(account__in=acting)
    yield has_none & Q(household__in=homes.values("pk"))
    yield has_none & Q(household__in=relatives.values("household"))
