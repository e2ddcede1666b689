"""Whom a paper names to collect the child, as columns of a list: two people at most."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from after_school.actions.collecting import NewCollector
from after_school.models import Enrolment
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import clean_name
from diedie_edu.common.spreadsheets.columns import CellType, Column

NUMBERS = (1, 2)
OnlyWhole = partial(Column, only_whole=True)


def _of(number: int, name: str) -> Callable[[Enrolment], str]:
    """Of the people named for a child, as `children_with_consents` has read them (`named`)."""

    def value(enrolment: Enrolment) -> str:
        named = enrolment.child.named[number - 1 : number]  # type: ignore[attr-defined]
        return getattr(named[0], name) if named else ""

    return value


def _columns(number: int) -> list[Column]:
    return [
        OnlyWhole(
            f"collector_{number}",
            f"接送人{number} | Who may collect {number}",
            clean=clean_name,
            value=_of(number, "full_name"),
            help=_("Besides the guardian, as the paper says. May be left empty."),
            example="陈桂兰 | Chen Guilan" if number == 1 else None,
        ),
        OnlyWhole(
            f"collector_{number}_phone",
            f"接送人{number}电话 | Phone of who may collect {number}",
            CellType.PHONE,
            value=_of(number, "phone"),
            example="13800000000" if number == 1 else None,  # given to nobody
        ),
        OnlyWhole(
            f"collector_{number}_relation",
            f"接送人{number}关系 | Relation of who may collect {number}",
            max_length=20,
            value=_of(number, "relation"),
            example="奶奶 | grandmother" if number == 1 else None,
        ),
    ]


COLLECTORS = [column for number in NUMBERS for column in _columns(number)]


def named_in(values: dict[str, Any], today: date) -> list[NewCollector]:
    """The people of a row, from today on. Raises `Refused` where one has no phone or relation."""
    named = []
    for number in NUMBERS:
        told = [values.get(f"collector_{number}{part}") or "" for part in PARTS]
        if any(told) and not all(told):
            raise Refused("collector_unclear", _UNCLEAR, f"collector_{number}")
        if all(told):
            name, phone, relation = told
            named.append(NewCollector(name, phone, relation, valid_from=today))
    return named


PARTS = ("", "_phone", "_relation")
_UNCLEAR = _("Somebody who may collect needs a name, a phone and who they are to the child.")
