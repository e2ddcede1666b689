"""A lecture, somebody asked to speak at it, and what they have heard."""

from collections.abc import Callable
from datetime import date, time

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from residents_school.actions import invitations
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer

MakeLecture = Callable[..., Lecture]
DAYS = [date(2026, 12, 5), date(2026, 12, 12)]
BEGINS = moment(SATURDAY, time(9, 30))


@pytest.fixture
def lecture(make_lecture: MakeLecture) -> Lecture:
    return make_lecture(title="家常菜")


@pytest.fixture
def cook() -> Volunteer:
    return make_volunteer("王大厨")


@pytest.fixture
def invite(lecture: Lecture, staff_user: User) -> Callable[..., Invitation]:
    def make(volunteer: Volunteer, to: Lecture | None = None) -> Invitation:
        return invitations.invite_speaker(
            lecture=to or lecture, volunteer=volunteer, note="盼您来！", by=staff_user, now=NOW
        )

    return make


@pytest.fixture
def invitation(invite: Callable[..., Invitation], cook: Volunteer) -> Invitation:
    return invite(cook)


def messages_to(person: Resident | User, channel: str = "sms") -> list[str]:
    whom = {"account" if isinstance(person, User) else "recipient": person}
    rows = Notice.objects.filter(channel=channel, **whom).exclude(status="cancelled")
    return [row.kind.partition(".")[2] for row in rows.order_by("pk")]


def accept(invitation: Invitation) -> Invitation:
    return invitations.accept_invitation(invitation=invitation, now=NOW)
