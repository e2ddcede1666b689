"""New rules: guardians confirm by a set day and keep their place, volunteers before their duty."""

from datetime import date, timedelta

import pytest

from after_school.models import Enrolment
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.office.actions.rulebook import ask_to_confirm
from diedie_edu.office.models import Work
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.models import RuleVersion
from diedie_edu.programmes.queries import rules_to_confirm
from diedie_edu.volunteering.rules import check_keeps_rules
from tests.conftest import NOW
from tests.support.office import add_paragraph, begin, decide, make_document, submit
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SCHOOL = "after-school"
DAY = timedelta(days=1)


@pytest.fixture
def keeper(make_user):
    return make_user(Role.PROGRAMME_LEAD, scope=SCHOOL)


@pytest.fixture
def rules(school, keeper, make_user) -> RuleVersion:
    """Approved, in force from today on; to be confirmed within two weeks."""
    version = begin(make_document(Work.RULES, SCHOOL), keeper, NOW)
    version.in_force_from = date(2026, 11, 23)
    version.save()
    add_paragraph(version, kind="text", text="18:30 前接走孩子。")
    submit(version, keeper, NOW)
    decide(version, make_user(Role.BRANCH_LEAD), now=NOW)
    return RuleVersion.objects.get()


def asked(*days: int) -> list[int]:
    return [ask_to_confirm(NOW + day * DAY) for day in days]


def test_guardians_are_asked_at_once_before_the_day_and_every_week_after_it(
    rules, enrolment, mother
):
    assert rules.confirm_by == date(2026, 12, 7)
    # By inbox and text message: the first day, three days before, and weekly once it is over.
    assert asked(0, 0, 1, 10, 11, 12, 14, 15, 16, 21, 22) == [2, 0, 0, 0, 2, 0, 0, 2, 0, 0, 2]
    told = Notice.objects.filter(kind="office.rules_to_confirm")
    assert set(told.values_list("account", flat=True)) == {mother.pk}


def test_who_is_late_keeps_the_place(rules, enrolment):
    asked(0, 11, 15, 30, 60)
    row = Enrolment.objects.get()
    assert row.sign_up.status == "seated"


def test_who_has_confirmed_is_asked_no_more(rules, enrolment, mother):
    confirm_rules(version=rules, by=mother, now=NOW)
    assert asked(0, 11, 15) == [0, 0, 0]


def test_nobody_is_asked_of_rules_that_were_in_force_before(school, enrolment):
    RuleVersion.objects.create(programme=school, number=1, text_zh="旧", in_force_from=NOW)
    assert asked(0, 11, 15) == [0, 0, 0]


def test_a_volunteer_confirms_before_the_next_duty(rules, stranger):
    assert code_of(lambda: check_keeps_rules(rules_to_confirm(SCHOOL, stranger, NOW))) == "rules"
    confirm_rules(version=rules, by=stranger, now=NOW)
    check_keeps_rules(rules_to_confirm(SCHOOL, stranger, NOW))


def test_the_lead_sees_who_has_confirmed_and_who_not(rules, enrolment, mother, keeper, as_user):
    client, page = as_user(keeper), f"/desk/office/rules/{rules.pk}/"
    assert f"<div>{mother.display_name}</div>" in client.get(page).content.decode()
    assert "监护人：1 人中 0 人已确认" in client.get("/desk/office/rules/").content.decode()
    confirm_rules(version=rules, by=mother, now=NOW)
    assert f"<div>{mother.display_name}</div>" not in client.get(page).content.decode()
    assert "已确认：1 人" in client.get(page).content.decode()


def test_the_committee_reads_numbers_and_no_names(rules, enrolment, mother, make_user, as_user):
    client = as_user(make_user(Role.COMMITTEE_READER, scope=SCHOOL))
    for address in (f"/desk/office/rules/{rules.pk}/", "/desk/office/rules/"):
        text = client.get(address).content.decode()
        assert "1 人中 0 人已确认" in text
        assert mother.display_name not in text


def test_rules_of_another_programme_are_as_missing(rules, make_user, as_user):
    client = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    assert client.get(f"/desk/office/rules/{rules.pk}/").status_code == 404
    assert client.post(f"/desk/office/rules/{SCHOOL}/write/").status_code == 404
    assert "四点半学校" not in client.get("/desk/office/rules/").content.decode()
