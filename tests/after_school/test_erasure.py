"""Nothing of an erased child is left anywhere, and old addresses of a merged one still open."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from after_school import messages
from after_school.actions import absences, collecting, handing_over, missing, passes
from after_school.models import Enrolment, GuardianRight, Note, Presence
from diedie_edu.activities.models import Attendance, ExcusedAbsence, SignUp
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Notice, Reached
from diedie_edu.people.actions import consents
from diedie_edu.people.models import ChildAccess, Consent, Guardianship, Resident
from residents_school.models import Answer, Survey, Wish
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.deleting import delete
from tests.support.dumping import places_of
from tests.support.merging import merged
from tests.support.refusals import check_at_once, guard_that_stops
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NUMBER, BORN = 987_654_321, date(2018, 2, 17)
WORDS = {
    "name": "欧阳无痕",
    "key": "2:欧阳无痕",
    "sort key": "wu2无",
    "phone": "13855501234",
    "e-mail": "wuhen@example.org",
    "birth date": f"{BORN:%Y-%m-%d}",
}
# Where the number of a child who is erased goes on standing, and nothing else of it.
KEPT = {
    "people_resident.id",
    "people_consent.child_id",
    "people_childaccess.child_number",
    "accounts_securityevent.what",  # what touched safety, for six months
    "django_admin_log.object_id",
    "django_admin_log.object_repr",
}
ENDED = "keeping_ending.number"  # so that no back-up brings the child back


@pytest.fixture
def child(make_child) -> Resident:
    """One whose traces can be found in any text."""
    own = {"full_name": WORDS["name"], "phone": WORDS["phone"], "email": WORDS["e-mail"]}
    return make_child(pk=NUMBER, birth_date=BORN, **own)


@pytest.fixture
def traces(child, mother, term, session, enrolment, staff_user, as_user, make_lecture, topic):
    """All that a term leaves of a child."""
    by = {"by": mother, "now": NOW}
    new = collecting.NewCollector("王阿姨", "13900001111", "邻居", TODAY)
    collector = collecting.name_collector(child=child, new=new, **by)
    own_pass = {"day": TODAY, "full_name": "李叔叔", "phone": "13900002222"}
    passes.make_pass(child=child, term=term, **own_pass, **by)
    days = {"first_day": TODAY + timedelta(days=2), "last_day": TODAY + timedelta(days=3)}
    absences.report_absence(enrolment=enrolment, reason="发烧", **days, **by)
    afternoon(session, enrolment, collector, staff_user)
    seat_and_words(child, make_lecture(), topic, staff_user)
    looked_at(as_user(staff_user), child, mother)
    messages_of(child, mother, staff_user)


def afternoon(session, enrolment, collector, staff_user) -> None:
    presence = Presence.objects.create(
        session=session,
        enrolment=enrolment,
        term=session.term,
        child=enrolment.child,
        arrived_at=NOW,
        arrived_by=staff_user,
        zone=enrolment.zone,
    )
    written = {"written_by": staff_user, "written_at": NOW}
    Note.objects.create(presence=presence, kind="homework", text="写完了", **written)
    by = {"by": staff_user, "now": NOW + timedelta(hours=1)}
    handing_over.hand_over(**of(presence), collector=collector, how="known", **by)


def seat_and_words(child: Resident, lecture, topic, staff_user) -> None:
    occasion = lecture.occasions.get()
    when = {"signed_up_at": NOW, "seated_at": NOW}
    SignUp.objects.create(activity=lecture, resident=child, status="seated", **when)
    Attendance.objects.create(occasion=occasion, resident=child, arrived_at=occasion.starts_at)
    why = {"reason": "生病", "excused_at": NOW, "excused_by": staff_user}
    ExcusedAbsence.objects.create(occasion=occasion, resident=child, **why)
    Wish.objects.create(resident=child, topic=topic, wished_at=NOW)
    survey = Survey.objects.create(title="问卷", opens_on=TODAY, closes_on=TODAY)
    Answer.objects.create(survey=survey, resident=child, source="online", answered_at=NOW)


def looked_at(staff: Client, child: Resident, mother) -> None:
    """Staff open the record and change what the admin site lets them change."""
    assert staff.get(reverse("after_school:record", args=[child.pk])).status_code == 200
    bond = Guardianship.objects.get(child=child)
    given = {"guardian": mother.resident.pk, "child": child.pk, "relation": "other"}
    page = reverse("admin:people_guardianship_change", args=[bond.pk])
    staff.post(page, opened(staff, page) | given)
    page = reverse("admin:people_resident_change", args=[child.pk])
    form = {name: getattr(child, name) for name in ("full_name", "birth_date", "phone", "email")}
    form |= {"residency": "permanent", "gender": "f", "guardians-0-relation": "mother"}
    form |= {"guardians-0-id": bond.pk, "guardians-0-child": child.pk}
    form |= {"guardians-0-guardian": mother.resident.pk}
    for inline, number in (("guardians", 1), ("wards", 0)):
        form |= {f"{inline}-TOTAL_FORMS": number, f"{inline}-INITIAL_FORMS": number}
    assert staff.post(page, opened(staff, page) | form).status_code == 302


def messages_of(child: Resident, mother, staff_user) -> None:
    data = messages.child_data(child, time="16:40")
    people = [mother.resident.pk, staff_user.resident.pk, child.pk]
    about = {"subject": messages.CHILD.of(child.pk), "data": data, "now": NOW}
    notify(kind=messages.MISSING, recipients=people, **about)
    missing.plan_missing(NOW)
    event = Notice.objects.filter(kind=messages.MISSING.code).first().event
    Reached.objects.create(event=event, recipient=mother.resident, by=staff_user, at=NOW)


@pytest.fixture
def erased(traces, child, mother) -> None:
    consents.end_consent(consent=Consent.objects.get(), ending="online", by=mother, now=NOW)
    check_at_once()
    assert all(map(places_of, WORDS.values())), "there is something to find"
    assert places_of(str(NUMBER)) > KEPT
    assert consents.apply_retention(now=NOW + timedelta(days=60)) == (0, 1)
    check_at_once()


def test_nothing_of_an_erased_child_is_left_in_any_table(erased):
    found = {what: places_of(text) for what, text in WORDS.items()}
    assert {what: places for what, places in found.items() if places} == {}
    assert places_of(str(NUMBER)) <= KEPT | {ENDED}
    assert not Enrolment.objects.exists()
    assert not Notice.objects.exists()
    assert not Reached.objects.exists()
    assert Answer.objects.get().resident is None


def test_logs_and_consents_of_an_erased_child_keep_its_number(erased):
    assert Consent.objects.get().child_id == NUMBER
    assert ChildAccess.objects.filter(child_number=NUMBER).exists()
    assert LogEntry.objects.filter(object_id=NUMBER, object_repr=NUMBER).exists()
    assert not Resident.objects.filter(pk=NUMBER).exists()


def test_nobody_is_erased_while_a_consent_lives(child):
    check_at_once()  # of the child and its consent, as they are
    empty = dict(Resident.EMPTIED) | {"erased_at": NOW}
    gone = lambda: Resident.rows.filter(pk=child.pk).update(**empty)  # noqa: E731
    assert guard_that_stops(gone) == "consents_end_before_an_erasure"


def test_no_consent_lives_again_after_the_child_is_erased(erased):
    again = {"ended_at": None, "ending": "", "ended_by": None}
    alive = lambda: Consent.objects.update(**again)  # noqa: E731
    assert guard_that_stops(alive) == "consents_end_before_an_erasure"


def test_nothing_new_is_stored_of_an_erased_child(erased, term):
    waits = {"activity": term, "resident_id": NUMBER, "status": "waiting", "signed_up_at": NOW}
    again = lambda: SignUp.objects.create(**waits)  # noqa: E731
    assert guard_that_stops(again) == "whoever_signs_up_is_there"
    notify(kind=messages.MISSING, recipients=[NUMBER], subject="child:1", data={}, now=NOW)
    assert not Notice.objects.filter(recipient=NUMBER).exists()


def test_the_admin_site_erases_no_child_whose_consent_lives(child, staff_user, as_user):
    page = reverse("admin:people_resident_delete", args=[child.pk])
    answer = delete(as_user(staff_user), page, follow=True)
    assert "同意" in answer.text
    assert Resident.objects.filter(pk=child.pk).exists()


def test_a_child_merged_into_another_row_opens_at_its_old_address(
    child, make_child, mother, staff_user, as_user, enrolment
):
    kept = make_child(full_name="欧阳无痕")
    check_at_once()
    GuardianRight.objects.filter(child=kept).delete()
    kept.collectors.all().delete()
    kept.consents.all().update(ended_at=NOW, ending="online")
    Guardianship.objects.filter(child=kept).delete()
    merged(child, kept)
    check_at_once()
    assert as_user(mother).get(reverse("after_school:child", args=[NUMBER])).status_code == 200
    staff = as_user(staff_user)
    assert staff.get(reverse("after_school:record", args=[NUMBER])).status_code == 200
    assert [look.child_number for look in ChildAccess.objects.all()] == [kept.pk]
