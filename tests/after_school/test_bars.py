"""A bar is on a person: whatever row, pass or form names them again, they do not collect."""

from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions import collecting, guardians, handing_over, passes
from after_school.actions.collecting import NewCollector
from after_school.actions.deciding import OnBehalf
from after_school.models import (
    Collector,
    CollectorPass,
    GuardianInvitation,
    GuardianRight,
    PresenceEvent,
)
from after_school.queries.collecting import who_collects
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.guardians import invited, second_guardian
from tests.support.refusals import code_of, guard_that_stops, run

pytestmark = pytest.mark.django_db
ANEW = "a_barred_person_is_not_named_anew"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def father(child, make_user, mother):
    """The second guardian, who decides too."""
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    return user


@pytest.fixture
def barred(child, mother, father) -> Collector:
    """The father, by the mother."""
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    row.refresh_from_db()
    return row


def name(child, by, full_name: str, phone: str) -> Collector:
    new = NewCollector(full_name, phone, "叔叔", TODAY)
    return collecting.name_collector(child=child, new=new, by=by, now=LATER)


@pytest.mark.parametrize(
    ("full_name", "phone"),
    [("陈 建", "13900007777"), ("陈大伯", "{phone}"), ("陈大伯", "+86 {phone}")],
)
def test_nobody_names_a_barred_person_anew(child, mother, father, barred, full_name, phone):
    phone = phone.format(phone=father.phone)
    assert code_of(lambda: name(child, mother, full_name, phone)) == "barred"
    assert child.collectors.count() == 2


def test_no_statement_names_a_barred_person_anew(child, mother, father, barred):
    def copy(**fields) -> None:
        row = Collector.objects.get(pk=barred.pk)
        row.pk = row.guardian = row.barred_at = row.barred_by = None
        row.barred_reason = ""
        for field, value in fields.items():
            setattr(row, field, value)
        row.save(force_insert=True)

    assert guard_that_stops(copy) == ANEW
    assert guard_that_stops(lambda: copy(full_name="陈大伯")) == ANEW
    assert guard_that_stops(lambda: copy(phone="13900007777")) == ANEW
    copy(full_name="陈大伯", phone="13900007777")


def test_a_barred_guardian_decides_nothing(child, mother, father, barred):
    neighbour = lambda: name(child, father, "王阿姨", "13900001111")  # noqa: E731
    assert code_of(neighbour) == "barred"
    make = lambda: passes.permit_walking_home(  # noqa: E731
        child=child, valid_from=TODAY, valid_until=TODAY, by=father, now=LATER
    )
    assert code_of(make) == "barred"
    own = child.collectors.get(guardian=mother.resident)
    bar = lambda: collecting.bar_collector(  # noqa: E731
        collector=own, reason="我不同意", by=father, now=LATER
    )
    assert code_of(bar) == "barred"


def test_no_pass_is_made_for_a_barred_person(child, term, mother, father, barred):
    make = lambda: passes.make_pass(  # noqa: E731
        child=child, term=term, day=TODAY, full_name="陈建", phone="", by=mother, now=LATER
    )
    assert code_of(make) == "barred"
    assert not CollectorPass.objects.exists()


def test_no_statement_makes_one_either(child, term, mother, father, barred):
    row, _code = passes.make_pass(
        child=child, term=term, day=TODAY, full_name="李叔叔", phone="", by=mother, now=LATER
    )
    row.pk, row.full_name = None, "陈建"
    assert guard_that_stops(lambda: row.save(force_insert=True)) == ANEW


def test_a_pass_made_before_is_good_no_more(child, term, session, presence, mother, father):
    _made, code = passes.make_pass(
        child=child, term=term, day=TODAY, full_name="陈建", phone="", by=mother, now=NOW
    )
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    use = lambda: handing_over.hand_over_by_code(  # noqa: E731
        **of(presence), code=code, by=mother, now=LATER
    )
    assert code_of(use) == "barred"
    assert PresenceEvent.objects.filter(what="refused").count() == 1
    assert not who_collects(child, TODAY, LATER).passes


def test_nobody_is_shown_as_both(child, presence, mother, father):
    """The other grandfather has been named with the phone of the barred man."""
    other = name(child, mother, "陈大伯", father.phone)
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    who = who_collects(child, TODAY, LATER)
    assert [person.full_name for person in who.may] == [mother.display_name]
    take = lambda: handing_over.hand_over(  # noqa: E731
        **of(presence), collector=other, how="known", by=mother, now=LATER
    )
    assert code_of(take) == "barred"
    leave = f"""
        UPDATE after_school_presence SET left_at = arrived_at, left_by_id = arrived_by_id,
            checked_how = 'known', collector_id = {other.pk}"""
    assert guard_that_stops(lambda: run(leave)) == "a_child_goes_with_somebody_who_may_collect"


def test_guardians_who_share_a_phone_are_told_apart(child, mother, father):
    """A bar on the father does not shut the mother out who has the household's phone."""
    Collector.objects.filter(child=child).update(phone="0757-81234567", phone_key="1:075781234567")
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    who = who_collects(child, TODAY, LATER)
    assert [person.full_name for person in who.may] == [mother.display_name]


# --- Lifting ---------------------------------------------------------------------------


def test_whoever_set_a_bar_lifts_it(child, mother, father, barred):
    lift = {"collector": barred, "reason": "已经和好", "now": LATER}
    assert code_of(lambda: collecting.lift_bar(by=father, **lift)) == "barred"
    collecting.lift_bar(by=mother, **lift)
    barred.refresh_from_db()
    assert not barred.is_barred
    assert (barred.lifted_by, barred.lifted_reason) == (mother, "已经和好")
    assert Notice.objects.filter(kind="after_school.bar_lifted").exists()
    assert code_of(lambda: collecting.lift_bar(by=mother, **lift)) == "not_barred"


def test_staff_lift_a_bar_of_others_and_other_guardians_do_not(
    child, mother, father, staff_user, make_user
):
    neighbour = name(child, mother, "王阿姨", "13900001111")
    collecting.bar_collector(collector=neighbour, reason="搬走了", by=mother, now=NOW)
    lift = {"collector": neighbour, "reason": "写错了人", "now": LATER}
    assert code_of(lambda: collecting.lift_bar(by=father, **lift)) == "others_bar"
    collecting.lift_bar(by=OnBehalf(staff_user, None, "写错了人"), **lift)
    neighbour.refresh_from_db()
    assert not neighbour.is_barred


def test_no_statement_lifts_a_bar_without_saying_who_and_why(barred, mother):
    plain = """
        UPDATE after_school_collector
        SET barred_at = NULL, barred_by_id = NULL, barred_reason = ''"""
    assert guard_that_stops(lambda: run(plain)) == "a_bar_is_lifted_by_somebody_with_a_reason"
    nameless = f"{plain}, lifted_at = barred_at + interval '1 minute'"
    assert guard_that_stops(lambda: run(nameless)) == "lifting_has_a_reason"


def test_pages_lift_only_ones_own_bar(child, enrolment, mother, father, barred, as_user, clock):
    page = reverse("after_school:bar_lift", args=[child.pk, barred.pk])
    assert as_user(father).get(page).status_code == 404
    assert as_user(mother).get(page).status_code == 200
    as_user(mother).post(page, {"reason": "已经和好"})
    barred.refresh_from_db()
    assert not barred.is_barred


def test_the_record_lifts_a_bar_with_a_reason(child, enrolment, barred, staff_user, as_user):
    page = reverse("after_school:for_family_row", args=[child.pk, "lift", barred.pk])
    assert page in as_user(staff_user).get(reverse("after_school:record", args=[child.pk])).text
    assert as_user(staff_user).post(page, {"asked-reason": ""}).status_code == 200
    answer = as_user(staff_user).post(page, {"asked-reason": "法院的新裁定，已看原件"})
    assert answer.url == reverse("after_school:record", args=[child.pk])
    barred.refresh_from_db()
    assert barred.lifted_by == staff_user


# --- A guardian who is taken out -------------------------------------------------------


def test_what_a_removed_guardian_gave_ends_with_the_right(child, term, mother, father):
    name(child, father, "陈大伯", "13900007777")
    made, _code = passes.make_pass(
        child=child, term=term, day=TODAY, full_name="老同学", phone="", by=father, now=NOW
    )
    alone = passes.permit_walking_home(
        child=child, valid_from=TODAY, valid_until=TODAY, by=father, now=NOW
    )
    kept = name(child, mother, "王阿姨", "13900001111")
    guardians.remove_guardian(right=GuardianRight.objects.get(place=2), by=mother, now=LATER)
    for row in (made, alone):
        row.refresh_from_db()
        assert row.taken_back_at == LATER
    who = who_collects(child, TODAY, LATER)
    assert {row.full_name for row in who.may} == {mother.display_name, kept.full_name}
    assert not who.passes
    assert who.walk_home is None


def test_somebody_of_a_barred_name_is_not_entered_as_a_guardian(child, mother, make_user):
    neighbour = name(child, mother, "陈建", "13900001111")
    collecting.bar_collector(collector=neighbour, reason="骚扰孩子", by=mother, now=NOW)
    user = make_user(display_name="陈建")
    with pytest.raises(Refused) as refusal:
        invited(child, user, mother, LATER)
    assert refusal.value.code == "barred"
    assert not GuardianInvitation.objects.exists()
