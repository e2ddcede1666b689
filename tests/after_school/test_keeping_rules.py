"""Whoever takes a duty themself has confirmed the working rules in force."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.common.links import token
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.models import Programme, RuleConfirmation, RuleVersion
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty, StandIn
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def ten(clock):
    return clock


@pytest.fixture
def version(school) -> RuleVersion:
    return RuleVersion.objects.create(
        programme=school, number=3, text_zh="轻声说话", in_force_from=NOW
    )


@pytest.fixture
def slot(session) -> Duty:
    """Free, this afternoon."""
    occasion = Occasion.objects.filter(zone_day__session=session).first()
    duty = Duty.at(occasion, None, Duty.Work.CARER)
    duty.save()
    return duty


@pytest.fixture
def helper(make_user, staff_user) -> Volunteer:
    """Cleared, with an account."""
    person = Volunteer.objects.create(
        resident=make_user(Role.VOLUNTEER).resident, kinds=["student_party"]
    )
    Clearance.objects.create(
        volunteer=person,
        result="clear",
        checked_on=TODAY,
        valid_until=TODAY + 365 * DAY,
        checked_by=staff_user,
    )
    return person


@pytest.fixture
def phone(helper, as_user):
    return as_user(helper.resident.account)


@pytest.fixture
def take(slot, helper):
    def take() -> Duty:
        return roster.take_slot(
            occasion=slot.occasion, volunteer=helper, by=helper.resident.account, now=NOW
        )

    return take


def test_a_duty_is_taken_after_the_version_in_force_is_confirmed(take, helper, version):
    assert code_of(take) == "rules"
    confirm_rules(version=version, by=helper.resident.account, now=NOW)
    assert take().volunteer == helper


def test_a_new_version_is_asked_for_anew_once_it_is_in_force(take, helper, version, school):
    confirm_rules(version=version, by=helper.resident.account, now=NOW)
    later = RuleVersion.objects.create(
        programme=school, number=4, text_zh="新", in_force_from=NOW + DAY
    )
    assert take().volunteer == helper
    Duty.objects.update(volunteer=None)
    RuleVersion.objects.filter(pk=later.pk).update(in_force_from=NOW)
    assert code_of(take) == "rules"


def test_nothing_is_asked_where_no_version_of_the_school_is_in_force(take, helper):
    other = Programme.objects.create(slug="other", title_zh="别的", title_en="x", summary_zh="x")
    RuleVersion.objects.create(programme=other, number=1, text_zh="别的", in_force_from=NOW)
    assert take().volunteer == helper


def test_a_lead_assigns_somebody_who_has_not_confirmed_yet(slot, helper, version, staff_user):
    roster.assign_slot(duty=slot, volunteer=helper, by=staff_user, now=NOW)
    assert Duty.objects.get().volunteer == helper


def test_the_page_shows_the_rules_first_and_comes_back(phone, slot, version):
    page = "/school/duties/"
    first = phone.get(page).content.decode()
    assert "轻声说话" in first
    assert f"/school/duties/{slot.occasion_id}/take/" not in first
    answer = phone.post("/school/rules/confirm/", {"next": page})
    assert answer["Location"] == page
    assert f"/school/duties/{slot.occasion_id}/take/" in phone.get(page).content.decode()


def test_a_tap_without_confirming_says_what_to_do(phone, slot, version):
    answer = phone.post(f"/school/duties/{slot.occasion_id}/take/", follow=True).content.decode()
    assert "请先看一看工作制度" in answer
    assert Duty.objects.get().volunteer is None


# --- By the signed link ------------------------------------------------------------------


@pytest.fixture
def ask(slot):
    """A stand-in is asked; their page."""

    def ask(person: Volunteer) -> str:
        row = StandIn.objects.create(duty=slot, volunteer=person, asked_at=NOW)
        return f"/school/stand-in/{token('stand_in', row.pk)}/"

    return ask


def test_the_ticked_sentence_is_noted_with_the_account(client, ask, helper, version):
    page = ask(helper)
    assert 'name="keeps"' in client.get(page).content.decode()
    client.post(page, {"yes": "1"})
    assert Duty.objects.get().volunteer is None
    client.post(page, {"yes": "1", "keeps": "1"})
    assert Duty.objects.get().volunteer == helper
    assert RuleConfirmation.objects.get().user == helper.resident.account


def test_who_has_no_account_ticks_it_with_every_yes(client, ask, make_volunteer, version):
    person = make_volunteer()
    client.post(ask(person), {"yes": "1", "keeps": "1"})
    assert Duty.objects.get().volunteer == person
    assert not RuleConfirmation.objects.exists()


def test_a_slot_that_is_gone_is_answered_kindly(client, ask, helper, slot):
    page = ask(helper)
    slot.delete()
    for answer in (client.get(page), client.post(page, {"yes": "1", "keeps": "1"})):
        assert answer.status_code == 200
        assert "谢谢您" in answer.text


def test_a_no_asks_for_nothing(client, ask, helper, version):
    client.post(ask(helper), {"no": "1"})
    assert StandIn.objects.get().answer == "no"


def test_who_has_confirmed_sees_no_sentence(client, ask, helper, version):
    confirm_rules(version=version, by=helper.resident.account, now=NOW)
    page = ask(helper)
    assert 'name="keeps"' not in client.get(page).content.decode()
    client.post(page, {"yes": "1"})
    assert Duty.objects.get().volunteer == helper


def test_the_list_of_checks_names_who_has_not_confirmed(as_user, staff_user, helper, version):
    page, desk = "/desk/school/clearances/", as_user(staff_user)
    assert "未确认制度" in desk.get(page).content.decode()
    confirm_rules(version=version, by=helper.resident.account, now=NOW)
    assert "未确认制度" not in desk.get(page).content.decode()
