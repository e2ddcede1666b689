"""Who hears for somebody without a phone: whoever signed them up, or else their family.

Which of the family entered somebody, an app says for its subjects by a part of its manifest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from django.db.models import BigIntegerField, Prefetch, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from diedie_edu.common.manifests import parts_of
from diedie_edu.common.phones import is_mobile
from diedie_edu.people.models import Guardianship, Resident


@dataclass(frozen=True)
class EnteredBy:
    """`account`: an expression over notices, the account (id) that entered the recipient for what
    the notice is about; null where nobody did."""

    account: Callable[[], Combinable]


def who_entered() -> Combinable:
    """The same over all apps."""
    nobody, number = Value(None, BigIntegerField()), BigIntegerField()
    said = (part.account() for part in parts_of(EnteredBy))
    return Coalesce(*said, nobody, nobody, output_field=number)


def with_relatives(people: QuerySet, path: str = "") -> QuerySet:
    """Rows together with those who may hear for the resident at `path`: three queries."""
    guardians = Guardianship.objects.select_related("guardian__account").order_by("pk")
    accounts = Resident.objects.filter(account__is_active=True).select_related("account")
    return people.prefetch_related(
        Prefetch(f"{path}guardians", guardians),
        Prefetch(f"{path}household__members", accounts.order_by("pk")),
    )


def phones_of(person: Resident) -> list[str]:
    """Their own, and that of their account."""
    return [person.phone, person.account.phone if person.account else ""]


def guardians_of(person: Resident) -> list[Resident]:
    """Those who are there to be told."""
    return [bond.guardian for bond in person.guardians.all() if not bond.guardian.is_gone]


def relatives_of(person: Resident, entered_by: int | None = None) -> list[Resident]:
    """House rule: for somebody without an account and without a mobile those of the household hear
    who have one: first whoever signed them up (`entered_by`, an account's id). Who has left the
    household, moved away or died does not."""
    home = person.household
    if home is None or home.pk is None or person.account or any(map(is_mobile, phones_of(person))):
        return []
    members = [one for one in home.members.all() if one.pk != person.pk and not one.is_gone]
    hearing = [one for one in members if one.account and one.account.is_active]
    return sorted(hearing, key=lambda one: one.account_id != entered_by)


def hearers_of(person: Resident, entered_by: int | None = None) -> list[tuple[str, str, Resident]]:
    """Whose number it is, the number, and who reads it, in the order in which it is tried: their
    own, whoever signed them up, the household's, the guardians', the other relatives'."""
    home, relatives = person.household, relatives_of(person, entered_by)
    first = [one for one in relatives if entered_by and one.account_id == entered_by]
    people = [*guardians_of(person), *(one for one in relatives if one not in first)]
    found = [(person.full_name, phone, person) for phone in phones_of(person)]
    found += _of(first)
    found += [(home.label, home.phone, person)] if home else []
    return [*found, *_of(people)]


def _of(people: list[Resident]) -> list[tuple[str, str, Resident]]:
    each = ([(one.full_name, phone, one) for phone in phones_of(one)] for one in people)
    return list(chain.from_iterable(each))
