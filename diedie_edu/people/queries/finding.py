"""The one search for people."""

import re

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from diedie_edu.common.characters import plain
from diedie_edu.common.names import letters_of
from diedie_edu.common.phones import digits_of, is_phone
from diedie_edu.people.fields import initials, letters, replaced
from diedie_edu.people.models import Resident

FEWEST_DIGITS = 4  # of a phone
FEWEST_OF_A_HOUSE = 3
MOST_FOUND = 12


def residents_like(text: str, among: QuerySet[Resident] | None = None) -> list[Resident]:
    """The first of those whom the words mean (`matching`), in the order of pinyin."""
    people = Resident.objects.all() if among is None else among
    found = matching(people, text).select_related("household", "account")
    return list(found.order_by("sort_key", "pk")[:MOST_FOUND])


def matching(people: QuerySet[Resident], text: str) -> QuerySet[Resident]:
    """The one search for people: of `people` those whose name (by its key) holds `text`, whose
    pinyin or its initials begin with it, whose phone ends in it, or who live at that number:
    "建城", "chenjian", "cjc", "5678", "12-3-501", "501"."""
    people = people.alias(flat=_flat())
    if means_a_number(text):
        return people.filter(_lives_at(text) | phone_ends(text))
    people, named = _named_like(people, text)
    return people.filter(_lives_at(text) | named)


def means_a_number(text: str) -> bool:
    """Whether it has digits and signs alone, or is a whole phone, with its extension too."""
    return letters_of(text).isdecimal() or is_phone(text)


def named_like(people: QuerySet[Resident], text: str) -> QuerySet[Resident]:
    """As `matching`, by name alone."""
    people, named = _named_like(people, text)
    return people.filter(named)


def _named_like(people: QuerySet[Resident], text: str) -> tuple[QuerySet[Resident], Q]:
    wanted, named = letters_of(text), Q(name_key__holds=text)
    if wanted.isascii() and not wanted.isdecimal():
        people = people.alias(pinyin=letters(r"[^a-z]", ""), initials=initials())
        named |= Q(pinyin__startswith=wanted) | Q(initials__startswith=wanted)
    return people, named


def _lives_at(text: str) -> Q:
    """Whether the digits of a house number ("12栋3单元501") stand in that order in the label."""
    numbers = re.findall("[0-9]+", plain(text))
    return Q(flat__contains=f"-{'-'.join(numbers)}-") if numbers else Q(pk__in=[])


def _flat() -> Concat:
    """ "12-3-501" → "-12-3-501-"."""
    bare = replaced(F("household__label"), "[^0-9]+", "-")
    return Concat(Value("-"), bare, Value("-"), output_field=CharField())


def phone_ends(text: str) -> Q:
    """Of their own phone; where they have none, of their household's, or of a relative's with an
    account, who acts for them. An extension behind it may be left out."""
    digits = digits_of(text)
    if len(digits) < FEWEST_DIGITS:
        return Q(pk__in=[])
    ends = f"{'-?'.join(digits)}(-[0-9]{{1,6}})?$"
    of_household = Q(household__phone__contains=digits[-4:], household__phone__regex=ends)
    acting = Resident.objects.filter(household=OuterRef("household"), departed_on=None)
    return (
        Q(phone_key__endswith=digits)
        | Q(phone__contains=f"{digits[-4:]}-", phone__regex=ends)
        | Q(account__phone__endswith=digits)
        | Q(phone="", account=None) & of_household
        | Q(Exists(acting.filter(account__phone__endswith=digits)), phone="", account=None)
    )
