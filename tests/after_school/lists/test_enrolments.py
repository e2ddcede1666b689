"""Paper enrolments in a list: with a signed consent, or not at all."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import F

from after_school.actions import collecting
from after_school.lists.enrolments import EnrolmentsPlan
from after_school.models import Enrolment, FamilyEvent
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_day
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident
from tests.after_school.lists.rows import CHILD, PUPILS, pupil
from tests.conftest import NOW
from tests.support.children import consent_text
from tests.support.races import meanwhile

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def school_with_a_text(term):
    return consent_text()


@loads
@pytest.mark.parametrize("is_locked", [True, False])
def test_terms_are_held_by_their_number_before_the_first_row(term, is_locked):
    """Otherwise a list over two terms and a visitor of both would wait for each other; without the
    lock (the control) the visitor comes first."""
    seats_of = Activity.objects.filter(pk=term.pk)
    with transaction.atomic():
        if is_locked:
            EnrolmentsPlan.lock(SimpleNamespace(terms={term.pk: term}))
        visitor = meanwhile(lambda: seats_of.update(capacity=F("capacity")))
        assert visitor.done() is not is_locked
    assert visitor.result() == 1


def faults(checked, *rows) -> list[str]:
    job = checked(PUPILS, *rows, kind="pupils")
    assert job.status == "faulty"
    assert not Resident.objects.filter(full_name=CHILD).exists()
    return [f"{fault['place']}: {fault['message']}" for fault in job.faults]


def people() -> dict[str, int]:
    return {
        "residents": Resident.objects.count(),
        "consents": Consent.objects.count(),
        "enrolments": Enrolment.objects.count(),
    }


@loads
def test_a_paper_brings_a_child_in_with_its_consent(loaded, term, staff_user):
    job = loaded(PUPILS, pupil(), kind="pupils")

    assert (job.status, job.rows_new) == ("done", 1)
    enrolment, consent = Enrolment.objects.get(), Consent.objects.get()
    assert (enrolment.child.full_name, enrolment.term, enrolment.zone.kind) == (
        *(CHILD, term),
        "homework",
    )
    assert (enrolment.weekdays, enrolment.sign_up.status) == ([1, 3], "seated")
    assert (consent.way, consent.paper_reference, consent.recorded_by) == (
        *("paper", "3 号柜 17"),
        staff_user,
    )
    assert enrolment.child.collectors.get().full_name == "李小梅"


@loads
def test_the_same_list_again_changes_nothing(loaded):
    rows = [PUPILS, pupil(), pupil(child="李小宝")]
    loaded(*rows, kind="pupils")
    before = people()

    job = loaded(*rows, kind="pupils")

    assert (job.rows_same, job.rows_new) == (2, 0)
    assert people() == before
    assert before == {"residents": before["residents"], "consents": 2, "enrolments": 2}


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"paper": ""}, "K “同意书存放处”", "without the guardian's signed consent"),
        ({"version": "2020-1"}, "L “同意书版本”", "in force is version 2026-0"),
        ({"version": ""}, "L “同意书版本”", "in force is version 2026-0"),
        ({"born": "1990-05-04"}, "B “出生日期”", "pupils of 5 to 18"),
        ({"zone": "操场"}, "G “分区”", "Only these entries"),
        ({"days": "周六"}, "F “来校日”", "Only these entries"),
        ({"phone": "138"}, "I “监护人电话”", "digits"),
        ({"term": "999999"}, "M “学期编号”", "which term"),
    ],
)
def test_each_fault_names_its_cell_and_keeps_everybody_out(checked, changes, column, words):
    found = faults(checked, pupil(child="李小宝"), pupil(**changes))

    assert len(found) == 1
    assert f"row 3, column {column}" in found[0]
    assert words in found[0]
    assert not Enrolment.objects.exists()


def test_a_list_without_the_columns_of_the_consent_brings_nobody_in(checked):
    job = checked(PUPILS[:10], pupil()[:10], kind="pupils")

    assert "signed consent" in job.faults[0]["message"]
    assert not Resident.objects.filter(full_name=CHILD).exists()


def test_without_a_text_in_force_a_paper_brings_nobody_in(checked, school_with_a_text):
    type(school_with_a_text).objects.update(in_force_from=NOW + timedelta(days=1))

    assert "No text of consent" in faults(checked, pupil())[0]


def test_checking_leaves_no_child_behind(checked):
    before = people()

    job = checked(PUPILS, pupil(), kind="pupils")

    assert (job.status, job.rows_new) == ("ready", 1)
    assert people() == before
    assert CHILD not in str(job.preview)


def test_two_rows_about_one_child_are_a_fault(checked):
    assert "Row 2 is about the same child" in faults(checked, pupil(), pupil())[0]


@loads
def test_another_guardian_of_an_enrolled_child_is_a_question(loaded, checked):
    loaded(PUPILS, pupil(), kind="pupils")

    job = checked(PUPILS, pupil(guardian="王大山", phone="13900000009"), kind="pupils")

    assert "by another guardian" in job.faults[0]["message"]
    assert Enrolment.objects.count() == 1


@loads
def test_a_paper_that_was_withdrawn_brings_nobody_back(loaded, checked, session, staff_user):
    loaded(PUPILS, pupil(), kind="pupils")
    consents.end_consent(consent=Consent.objects.get(), ending="paper", by=staff_user, now=NOW)

    job = checked(PUPILS, pupil(), kind="pupils")

    assert "on this paper has ended" in job.faults[0]["message"]
    assert Consent.objects.get().ended_at


@loads
def test_a_child_that_has_left_stays_away(loaded, checked, session, staff_user):
    loaded(PUPILS, pupil(), kind="pupils")
    own = Enrolment.objects.get()
    seats.cancel_sign_up(activity=own.term, resident=own.child, by=staff_user, now=NOW)

    job = checked(PUPILS, pupil(), kind="pupils")

    assert "has left the term" in job.faults[0]["message"]


@loads
def test_a_full_term_puts_the_next_child_into_the_queue(loaded, term):
    type(term).objects.update(capacity=1)

    loaded(PUPILS, pupil(), pupil(child="李小宝"), kind="pupils")

    places = Enrolment.objects.order_by("pk").values_list("sign_up__status", flat=True)
    assert list(places) == ["seated", "waiting"]


def test_a_closed_term_takes_nobody_by_a_list(checked, term):
    type(term).objects.update(sign_up_closes_at=F("sign_up_opens_at") + timedelta(hours=1))

    assert "row 2" in faults(checked, pupil(term=str(term.pk)))[0]


def test_without_a_number_the_open_term_is_meant_if_there_is_one(checked, make_term):
    make_term(title="另一学期")

    assert "which term" in faults(checked, pupil())[0]


@loads
def test_a_guardian_with_a_birth_date_is_known_by_the_child(loaded, make_term, make_child, mother):
    child = make_child(full_name=CHILD)
    mother.resident.full_name, mother.resident.birth_date = "李小梅", "1985-02-03"
    mother.resident.save()

    job = loaded(PUPILS, pupil(phone=mother.phone), kind="pupils")

    assert job.rows_new == 1
    assert Enrolment.objects.get().child == child


# --- Whom the paper names to collect -----------------------------------------------------

NAMED = ["接送人1", "接送人1电话", "接送人1关系"]
GRANDMOTHER = ["王桂兰", "13900005555", "奶奶"]


@loads
def test_a_paper_brings_its_collectors_along(loaded):
    loaded([*PUPILS, *NAMED], [*pupil(), *GRANDMOTHER], kind="pupils")
    named = Enrolment.objects.get().child.collectors.get(guardian=None)
    assert (named.full_name, named.phone, named.relation) == tuple(GRANDMOTHER)
    event = FamilyEvent.objects.get()
    assert (event.what, event.reason) == ("named", "3 号柜 17")


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_whoever_collects_has_a_name_a_phone_and_a_relation(checked, missing):
    told = ["" if number == missing else word for number, word in enumerate(GRANDMOTHER)]
    job = checked([*PUPILS, *NAMED], [*pupil(), *told], kind="pupils")
    assert "needs a name, a phone" in job.faults[0]["message"]


def test_no_list_names_somebody_who_is_barred_and_no_fault_says_who(
    checked, enrolment, mother, make_term, make_session
):
    """The child comes in the next term, by a paper that names whom the mother has barred."""
    child = enrolment.child
    by = {"by": mother, "now": NOW}
    new = collecting.NewCollector("王桂兰", "13900005555", "奶奶", local_day(NOW))
    row = collecting.name_collector(child=child, new=new, **by)
    collecting.bar_collector(collector=row, reason="骚扰孩子", **by)
    other = make_term(title="寒假托管")
    make_session(other)
    paper = pupil(guardian=mother.display_name, phone=mother.phone, term=str(other.pk))
    job = checked([*PUPILS, *NAMED], [*paper, *GRANDMOTHER], kind="pupils")
    assert [fault["message"] for fault in job.faults]
    assert "may not collect this child" in job.faults[0]["message"]
    assert not any("王桂兰" in str(fault) for fault in job.faults)
