"""Decisions on a wish to be forgotten, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import ErasureRequest

WORKING_DAYS = 15
"""What the privacy notice promises; PIPL art. 50 asks for an answer in time."""


@dataclass(frozen=True)
class Matter:
    """What the erasure of a person means for what an app keeps, said beforehand.

    With `stops` it stands in the way: the text says what to do first, at the address `url` where
    there is one.
    """

    text: str | Promise
    url: str = ""
    stops: bool = False


def due_on(asked_on: date, calendar: Calendar) -> date:
    """The last of the working days promised; the day of asking does not count."""
    return calendar.working_day_after(asked_on, WORKING_DAYS)


def is_overdue(request: ErasureRequest, today: date) -> bool:
    """PIPL art. 50: what was promised is kept to the day; words and colour say where it is not."""
    return request.is_open and request.due_on < today


def check_is_grown(is_child: bool) -> None:
    """PIPL art. 31: a child goes when its guardians' consent ends. Raises `Refused` (`child`)."""
    if is_child:
        raise Refused(
            "child",
            _("A child is erased when a guardian ends the consent, on the child's own page."),
        )


def check_is_open(request: ErasureRequest) -> None:
    """House rule: what is done or taken back stays so. Raises `Refused` (`ended`)."""
    if not request.is_open:
        raise Refused("ended", _("This request has ended already."))


def check_nothing_stops(matters: Iterable[Matter]) -> None:
    """House rule: what stands in the way is seen to first. Raises `Refused` (`in_the_way`)."""
    for matter in matters:
        if matter.stops:
            raise Refused("in_the_way", matter.text)


def check_may_be_early(request: ErasureRequest, today: date, goes_along: Iterable[str]) -> None:
    """House rule: children who go along keep their days, in which another guardian can be entered.

    `goes_along` are their names. Raises `Refused` (`children`).
    """
    names = "、".join(goes_along)
    if names and today < request.due_on:
        raise Refused(
            "children",
            _(
                "%(names)s would be erased too. Enter another guardian first, or end the consent "
                "on the child's page; otherwise it is done on the last day."
            )
            % {"names": names},
        )
