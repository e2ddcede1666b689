"""The guardian's pages as somebody on a phone walks through them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    Enrolment,
    GuardianRight,
    Note,
)
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Consent, Guardianship, Resident
from diedie_edu.programmes.models import RuleConfirmation, RuleVersion
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import consent_text, consented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LATER = NOW + timedelta(hours=5)


def url(name: str, *args: int) -> str:
    return reverse(f"after_school:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def phone(mother, as_user) -> Client:
    return as_user(mother)


@pytest.fixture
def text(db):
    return consent_text()


CHILD = {
    "child-sent": "1",
    "child-full_name": "陈小宝",
    "child-birth_date": "2017-05-04",
    "child-relation": "mother",
}


def place(homework) -> dict[str, object]:
    return {
        "place-sent": "1",
        "place-school": "叠滘小学",
        "place-grade": "三年级",
        "place-weekdays": [1, 2],
        "place-zone": homework.pk,
    }


COLLECTOR = {"collector-sent": "1", "collector-valid_from": f"{TODAY:%Y-%m-%d}"}


# --- Enrolment -------------------------------------------------------------------------


def test_the_first_step_is_the_consent_with_a_way_to_refuse(phone, term, session, text):
    answer = phone.get(url("enrol", term.pk))
    assert answer.context["step"] == "consent"
    assert url("enrol_refused", term.pk) in text_of(answer)
    refused = phone.get(url("enrol_refused", term.pk))
    assert text.refusal_zh in text_of(refused)
    assert not Consent.objects.exists()


def test_nothing_is_stored_before_the_last_step(phone, term, session, homework, text):
    sent = {"agreed": text.pk}
    for step, answers in (("child", CHILD), ("place", place(homework)), ("collector", COLLECTOR)):
        assert phone.post(url("enrol", term.pk), sent).context["step"] == step
        sent |= answers
    last = phone.post(url("enrol", term.pk), sent)
    assert last.context["step"] == "confirm"
    assert "陈小宝" in text_of(last)
    assert not Resident.objects.filter(full_name="陈小宝").exists()


def test_the_last_step_enrols_the_child(phone, term, session, homework, text, school):
    RuleVersion.objects.create(programme=school, number=1, text_zh="制度", in_force_from=NOW)
    sent = {"agreed": text.pk, **CHILD, **place(homework), **COLLECTOR, "enrol": "1"}
    answer = phone.post(url("enrol", term.pk), sent)
    enrolment = Enrolment.objects.get()
    assert answer["Location"] == url("child", enrolment.child_id)
    assert enrolment.weekdays == [1, 2]
    assert RuleConfirmation.objects.count() == 1
    assert Collector.objects.get().guardian is not None


def test_without_agreeing_no_later_step_is_reached(phone, term, session, homework, text):
    sent = {**CHILD, **place(homework), **COLLECTOR, "enrol": "1"}
    assert phone.post(url("enrol", term.pk), sent).context["step"] == "consent"
    assert not Resident.objects.filter(full_name="陈小宝").exists()


def test_an_error_stands_beside_its_field_and_going_back_loses_nothing(
    phone, term, session, homework, text
):
    wrong = {"agreed": text.pk, **CHILD, "child-birth_date": "1990-05-04"}
    answer = phone.post(url("enrol", term.pk), wrong)
    assert answer.context["step"] == "child"
    assert answer.context["form"].errors["birth_date"]
    back = {"agreed": text.pk, **CHILD, **place(homework), "back": "child"}
    assert "叠滘小学" in text_of(phone.post(url("enrol", term.pk), back))


def test_an_old_text_is_shown_anew(phone, term, session, text):
    consent_text("2026-2", in_force_from=NOW - timedelta(days=1))
    answer = phone.post(url("enrol", term.pk), {"agreed": text.pk, **CHILD})
    assert answer.context["step"] == "consent"


# --- The child's page ------------------------------------------------------------------


def test_the_page_shows_arrival_zone_notes_and_who_collected(
    phone, presence, collector, staff_user
):
    Note.objects.create(
        presence=presence, kind="homework", text="数学做完了", written_by=staff_user, written_at=NOW
    )
    page = url("child", presence.child_id)
    shown = text_of(phone.get(page))
    assert all(words in shown for words in ("10:00", "课业辅导区", "数学做完了"))
    presence.left_at, presence.left_by, presence.checked_how = NOW, staff_user, "known"
    presence.collector = collector
    presence.save()
    assert collector.full_name in text_of(phone.get(page))


def test_a_guardian_without_the_right_sees_no_notes(phone, presence, staff_user, child):
    Note.objects.create(
        presence=presence, kind="incident", text="摔了一跤", written_by=staff_user, written_at=NOW
    )
    child.guardian_rights.update(sees_notes=False)
    assert "摔了一跤" not in text_of(phone.get(url("child", child.pk)))


def test_an_absence_takes_two_taps(phone, enrolment, term, make_session):
    make_session(term)
    page = url("child", enrolment.child_id)
    first_tap = f"{url('absence', enrolment.child_id)}?day={TODAY}"
    assert first_tap in text_of(phone.get(page)).replace("&amp;", "&")
    form = phone.get(first_tap).context["form"].initial
    phone.post(first_tap, form)
    told = Absence.objects.get()
    assert (told.first_day, told.last_day) == (TODAY, TODAY)
    phone.post(url("absence_back", enrolment.child_id, told.pk))
    told.refresh_from_db()
    assert told.taken_back_at is not None


def test_a_guardian_who_does_not_decide_changes_nothing(phone, enrolment, child, make_resident):
    child.guardian_rights.update(place=2, decides=False)
    first = {"child": child, "guardian": make_resident()}
    Guardianship.objects.create(**first, relation="father")
    GuardianRight.objects.create(**first, place=1)
    day = {"first_day": TODAY, "last_day": TODAY}
    assert phone.post(url("absence", child.pk), day).context["form"].errors
    person = {"full_name": "王阿姨", "phone": "13900001111", "relation": "邻居"}
    phone.post(url("collectors", child.pk), person | {"valid_from": TODAY})
    assert not Absence.objects.exists()
    assert child.collectors.count() == 1


def test_the_code_of_a_pass_is_shown_once(phone, enrolment):
    form = {"day": TODAY, "full_name": "王阿姨"}
    answer = phone.post(url("pass_make", enrolment.child_id), form)
    assert answer.context["code"] in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    later = text_of(phone.get(url("collectors", enrolment.child_id)))
    assert answer.context["code"] not in later
    assert "王阿姨" in later
    phone.post(url("pass_back", enrolment.child_id, CollectorPass.objects.get().pk))
    assert CollectorPass.objects.get().taken_back_at is not None


def test_naming_and_barring(phone, child, enrolment):
    person = {"full_name": "王阿姨", "phone": "13900001111", "relation": "邻居"}
    phone.post(url("collectors", child.pk), person | {"valid_from": TODAY})
    named = child.collectors.get(full_name="王阿姨")
    phone.post(url("collector_bar", child.pk, named.pk), {"reason": "搬走了"})
    assert "搬走了" in text_of(phone.get(url("collectors", child.pk)))


def test_withdrawing_says_what_follows_and_locks(phone, session, enrolment, child):
    page = url("consent_withdraw", child.pk)
    assert "15" in text_of(phone.get(page))
    phone.post(page)
    child.refresh_from_db()
    assert child.is_locked
    shown = phone.get(url("child", child.pk))
    assert "同意已终止" in text_of(shown)
    phone.post(url("consent", child.pk))
    child.refresh_from_db()
    assert not child.is_locked


def test_leaving_takes_one_button(phone, enrolment, term, make_session):
    make_session(term)
    phone.post(url("leave", enrolment.child_id))
    enrolment.sign_up.refresh_from_db()
    assert enrolment.sign_up.status == "cancelled"


def test_the_rules_are_confirmed_and_printed(phone, school):
    rules = RuleVersion.objects.create(
        programme=school, number=1, text_zh="# 家长\n\n按时接", in_force_from=NOW
    )
    assert "按时接" in text_of(phone.get(url("rules_poster")))
    phone.post(url("rules_confirm"))
    phone.post(url("rules_confirm"))
    assert RuleConfirmation.objects.get().version == rules
    assert phone.get(url("rules")).context["confirmation"]


def test_an_offered_place_is_taken_with_one_button(phone, enrolment, term, make_session):
    make_session(term)
    SignUp.objects.update(status="offered", seated_at=None, offer_expires_at=LATER)
    page = url("child", enrolment.child_id)
    assert url("accept", enrolment.child_id) in text_of(phone.get(page))
    phone.post(url("accept", enrolment.child_id))
    assert SignUp.objects.get().is_seated


def test_a_place_that_was_offered_too_long_is_gone(phone, enrolment, term, make_session):
    make_session(term)
    SignUp.objects.update(status="offered", seated_at=None, offer_expires_at=NOW)
    answer = phone.post(url("accept", enrolment.child_id), follow=True)
    assert "时间已过" in text_of(answer)
    assert not SignUp.objects.get().is_seated


def test_of_another_guardian_speaks_only_the_page_of_a_child_that_has_one(
    phone, child, enrolment, make_user
):
    own = child.collectors.get().pk
    pages = [url("collectors", child.pk), url("collector_bar", child.pk, own)]
    assert not any("另一位监护人" in text_of(phone.get(page)) for page in pages)
    father = make_user().resident
    consented(child, father)
    GuardianRight.objects.create(child=child, guardian=father, place=2)
    assert all("另一位监护人" in text_of(phone.get(page)) for page in pages)


def test_a_day_of_the_school_is_no_lecture(as_user, make_user, session):
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="after-school"))
    page = text_of(lead.get(url("session_call_off", session.pk)))
    assert "取消这一天并通知大家" in page
    assert "讲座" not in page[page.index("取消这一天") - 100 :][:200]
