"""Contact lists and open questions on "my page", and students to be rung up on the desk."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.links import token
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import person_of
from edu_base.queries import asking, mobilising

PLACE = 52


def of_lists(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """On "my page", where neighbours are to be met."""
    if lists := mobilising.lists_given_to(user, local_day(now)):
        yield Panel(20, "edu_base/my_contact_lists.html", {"lists": lists})


def of_questions(user: User, now: datetime) -> Iterator[Panel]:
    """On "my page", where a question waits for an answer."""
    own = person_of(user)
    rows = asking.open_for(user, local_day(now)) if own else ()
    if own and rows:
        links = [(row, token("study_question", row.pk, own.pk)) for row in rows]
        yield Panel(21, "edu_base/my_study_questions.html", {"questions": links})


def problems(user: User, now: datetime) -> Iterator[Problem]:
    if not mobilising.keeps(user):
        return
    if number := asking.to_ring(asking.asked_until(now)).count():
        text = ngettext(
            "%(number)d student has not answered how it goes.",
            "%(number)d students have not answered how it goes.",
            number,
        )
        url = reverse("edu_base:students_asked")
        yield Problem(PLACE, text % {"number": number}, url, _("Ring them"))
