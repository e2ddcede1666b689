"""An account that only reads is offered nothing that it would then be refused."""

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.queries.places import who_takes_seats
from tests.support.campaign import make_event
from tests.support.festivals import make_festival
from tests.support.groups import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REFUSED = "这个账号不用来报名"


@pytest.fixture
def reader(make_user):
    return make_user(Role.COMMITTEE_READER, scope="happy-square")


@pytest.fixture
def pages(make_lecture, staff_user):
    return [
        reverse("residents_school:lecture_detail", args=[make_lecture().pk]),
        reverse("happy_square:group", args=[make_group().pk]),
        reverse("happy_square:festival", args=[make_festival(staff_user, needs_sign_up=True).pk]),
        reverse("edu_base:event", args=[make_event(staff_user, needs_sign_up=True).pk]),
    ]


def test_whoever_only_reads_takes_no_seats(reader, resident_user):
    assert who_takes_seats(reader) == []
    assert who_takes_seats(resident_user) == [resident_user.resident]


def test_no_page_offers_a_seat_to_who_only_reads(reader, resident_user, as_user, pages):
    for page in pages:
        shown = as_user(reader).get(page).content.decode()
        assert REFUSED in shown, page
        assert "/sign-up/" not in shown, page
        assert REFUSED not in as_user(resident_user).get(page).content.decode(), page
