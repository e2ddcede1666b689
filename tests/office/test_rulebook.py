"""Rules of a programme: approved in the office, in force from their day until the next ones are."""

from datetime import date, timedelta

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from diedie_edu.office.actions import rulebook, versions, writing_rules
from diedie_edu.office.models import State, Version, Work
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.models import RuleConfirmation, RuleVersion
from diedie_edu.programmes.queries import rules_in_force, rules_to_confirm
from residents_school.demo.handouts import picture
from tests.conftest import NOW
from tests.support.liaison import programme_of
from tests.support.office import add_paragraph, begin, decide, make_document, submit
from tests.support.refusals import code_of, guard_that_stops, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AFTERNOONS = "after-school"
DAY = timedelta(days=1)
OLD = "# 家长\n\n19:00 前接走孩子。\n\n生病请在家休息。\n\n# 志愿者\n\n轻声说话。"


@pytest.fixture
def keeper(make_user):
    return make_user(Role.PROGRAMME_LEAD, scope=AFTERNOONS)


@pytest.fixture
def old(db):
    """What was in force before the office kept the rules."""
    return RuleVersion.objects.create(
        programme=programme_of(AFTERNOONS), number=1, text_zh=OLD, in_force_from=NOW - 90 * DAY
    )


@pytest.fixture
def document(old):
    return make_document(Work.RULES, AFTERNOONS)


@pytest.fixture
def approve(document, keeper, branch_lead):
    """The next version, approved now."""

    def make(first_day=date(2026, 12, 1), now=NOW, text="18:30 前接走孩子。") -> Version:
        version = begin(document, keeper, now)
        version.in_force_from, version.reason = first_day, "冬季时间"
        version.save()
        add_paragraph(version, kind="text", title="家长", text=text)
        submit(version, keeper, now)
        return decide(version, branch_lead, now=now)

    return make


def holds(now=NOW) -> int:
    found = rules_in_force(AFTERNOONS, now)
    assert found
    return found.number


def test_an_approved_version_is_the_next_of_the_rules_from_its_day_on(approve, old):
    version = approve()
    made = RuleVersion.objects.get(number=2)
    assert made.approved_as == version.pk
    assert made.text_zh == "# 家长\n\n18:30 前接走孩子。"
    begins = moment(date(2026, 12, 1))
    assert [holds(begins - timedelta(seconds=1)), holds(begins)] == [1, 2]
    assert made.confirm_by == date(2026, 12, 15)


def test_no_day_is_without_rules_and_none_has_an_end(approve, old):
    approve(date(2026, 12, 1))
    approve(date(2027, 3, 1), now=NOW + DAY)
    days = [NOW + number * DAY for number in range(0, 400, 5)]
    assert {holds(day) for day in days} == {1, 2, 3}
    assert holds(NOW + 3650 * DAY) == 3


def test_rules_approved_after_their_day_hold_from_the_approval_on(approve, old):
    approve(date(2026, 11, 1))
    assert RuleVersion.objects.get(number=2).in_force_from == NOW
    assert holds(NOW - DAY) == 1


def test_what_waits_or_is_returned_is_neither_in_force_nor_confirmed(
    document, keeper, branch_lead, old
):
    version = begin(document, keeper)
    version.in_force_from = date(2026, 11, 1)
    version.save()
    add_paragraph(version, kind="text", text="18:30 前接走孩子。")
    assert holds() == 1
    submit(version, keeper)
    assert holds() == 1
    decide(version, branch_lead, "returned", "太早")
    assert holds() == 1
    assert RuleVersion.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_the_database_holds_to_it(state, document, keeper, old):
    version = begin(document, keeper)
    if state == "submitted":
        version.in_force_from = date(2026, 12, 1)
        version.save()
        add_paragraph(version, kind="text")
        submit(version, keeper)
    facts = {"programme": old.programme, "number": 2, "text_zh": "新", "in_force_from": NOW}
    for number in (version.pk, 987654):
        with refused_by("rules_in_force_were_approved"):
            RuleVersion.objects.create(**facts, approved_as=number)


def test_nothing_comes_in_beside_the_office_once_it_keeps_the_rules(approve, old):
    facts = {"programme": old.programme, "number": 3, "text_zh": "新", "in_force_from": NOW}
    approve()
    with refused_by("rules_come_from_the_office"):
        RuleVersion.objects.create(**facts)
    with refused_by("approved_rules_stay_approved_as_they_were"):
        RuleVersion.objects.filter(number=2).update(approved_as=None)


def test_todays_version_and_its_confirmations_stay_valid(approve, old, stranger):
    confirm_rules(version=old, by=stranger, now=NOW)
    approve(date(2026, 12, 1))
    assert rules_to_confirm(AFTERNOONS, stranger, NOW) is None
    asked = rules_to_confirm(AFTERNOONS, stranger, NOW + 8 * DAY)
    assert asked
    assert asked.number == 2
    assert RuleConfirmation.objects.get().version == old


def test_where_the_approval_is_withdrawn_the_rules_before_hold_again(approve, branch_lead, old):
    version = approve(date(2026, 11, 1))
    assert holds() == 2
    made = RuleVersion.objects.get(number=2)
    confirm_rules(version=made, by=branch_lead, now=NOW)
    versions.revoke(version=version, reason="日期写错", by=branch_lead, now=NOW + DAY)
    assert holds(NOW + DAY) == 1
    made.refresh_from_db()
    assert made.withdrawn_at == NOW + DAY
    with refused_by("withdrawn_rules_are_not_confirmed"):
        RuleConfirmation.objects.create(user_id=version.written_by_id, version=made, at=NOW)
    with refused_by("approved_rules_stay_approved_as_they_were"):
        RuleVersion.objects.filter(pk=made.pk).update(withdrawn_at=None)


def test_the_database_ends_rules_with_their_approval(approve, branch_lead, old):
    version = approve()
    gone = {"revoked_by": branch_lead, "revoked_at": NOW, "revoked_reason": "错"}
    rows = Version.objects.filter(pk=version.pk)
    stopped = guard_that_stops(lambda: rows.update(state=State.REVOKED, **gone))
    assert stopped == "rules_end_with_their_approval"


def test_the_only_rules_of_a_programme_stay(approve, branch_lead, old):
    old.delete()
    version = approve(date(2026, 11, 1))

    def revoke():
        return versions.revoke(version=version, reason="错", by=branch_lead, now=NOW)

    assert code_of(revoke) == "last_rules"
    assert holds() == 1


def test_the_next_version_begins_with_the_words_that_hold(document, keeper, old):
    version = writing_rules.write(programme=old.programme, by=keeper, now=NOW)
    assert writing_rules.write(programme=old.programme, by=keeper, now=NOW) == version
    titles = version.paragraph_rows.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["家长", "志愿者"]
    assert rulebook.text_of(version) == OLD


def test_what_is_signed_on_paper_and_says_the_same_is_the_version_in_force(
    document, keeper, old, stranger
):
    confirm_rules(version=old, by=stranger, now=NOW)
    version = writing_rules.write(programme=old.programme, by=keeper, now=NOW)
    version.signed_on, version.signed_by = date(2025, 12, 20), "社区书记"
    versions.enter_signed(version=version, data=picture(), by=keeper, now=NOW)
    old.refresh_from_db()
    assert old.approved_as == version.pk
    assert rules_to_confirm(AFTERNOONS, stranger, NOW) is None


def test_a_file_alone_is_no_text_to_confirm(document, keeper, old):
    version = begin(document, keeper)
    assert code_of(lambda: rulebook.check_can_be_confirmed(version)) == "no_text"


def test_a_programme_that_owes_none_writes_none(keeper, square_lead):
    programme = programme_of("happy-square")
    wish = {"programme": programme, "by": square_lead, "now": NOW}
    assert code_of(lambda: writing_rules.write(**wish)) == "not_owed"
