"""A child is written down while its guardian withdraws; two people become leader at once."""

from collections.abc import Callable

import pytest
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Clearance, Consent, Resident, Volunteer
from happy_square.actions import leading
from happy_square.models import Group, Leadership
from happy_square.models.children import GATE, GroupSignUp
from tests.conftest import NOW
from tests.support.children import NINE, consent_text, consented
from tests.support.groups import lead, make_group, member
from tests.support.races import meanwhile, trigger_off
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(staff_user: User) -> Group:
    leader = Resident.objects.create(full_name="喻小雪")
    Clearance.objects.create(
        volunteer=Volunteer.objects.create(resident=leader, kinds=["community"]),
        result="clear",
        checked_on=NOW.date(),
        valid_until=NOW.date().replace(year=2027),
        checked_by=staff_user,
    )
    group = make_group(takes_children=True)
    lead(group, leader)
    return group


@pytest.fixture
def consent() -> Consent:
    text = consent_text("square")
    type(text).objects.filter(pk=text.pk).update(programme="happy-square")
    text.refresh_from_db()
    with transaction.atomic():
        child = Resident.objects.create(full_name="小宝", birth_date=NINE)
        consented(child, text=text)
    return child.consents.get()


def write_down_while_it_ends(group: Group, consent: Consent) -> object:
    """The withdrawal stands before its end when the child is written down."""
    row = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW}
    with transaction.atomic():
        ending = Consent.Ending.WITHDRAWN_ONLINE
        consents.end_consent(consent=consent, ending=ending, by=consent.recorded_by, now=NOW)
        return meanwhile(
            lambda: SignUp.objects.create(activity=group, resident_id=consent.child_id, **row)
        )


def test_no_child_is_written_down_while_its_last_consent_ends(
    group: Group, consent: Consent
) -> None:
    late = write_down_while_it_ends(group, consent)
    with refused_by(GATE):
        late.result()
    assert not SignUp.objects.exists()


def test_control_without_the_guard_it_is(group: Group, consent: Consent) -> None:
    with trigger_off(GroupSignUp, "child_joins_where_children_may"):
        write_down_while_it_ends(group, consent).result()
        assert SignUp.objects.exists()


def test_a_group_that_two_pass_on_at_once_has_one_leader(
    make_user: Callable[..., User], staff_user: User
) -> None:
    group, old, new, named = make_group(), make_user(), make_user(), make_user()
    lead(group, old.resident)
    member(group, new.resident)
    leading.offer(group=group, successor=new.resident, by=old, now=NOW)
    with transaction.atomic():
        leading.accept(group=group, by=new, now=NOW)
        other = meanwhile(
            lambda: leading.name_leader(
                group=group, resident=named.resident, part="leader", by=staff_user, now=NOW
            )
        )
    other.result()
    live = Leadership.objects.filter(ended_at=None)
    assert [row.resident for row in live] == [named.resident]
