"""What is erased of applications, with a person and by date, and what the database holds of it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from diedie_edu.accounts.models import User
from diedie_edu.files.models import StoredFile
from diedie_edu.people.actions.erasing import erase_person
from edu_base.actions import documents, guardians, review
from edu_base.actions.forgetting import keep_no_longer
from edu_base.models import (
    Application,
    ApplicationDocument,
    ApplicationLook,
    Dwelling,
    Intake,
    State,
    Stop,
)
from tests.conftest import NOW
from tests.support.education import make_application, make_person
from tests.support.hostile_files import PNG
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
WORDS = {"address": "叠二社区3号", "words": "想学护理", "school": "一中"}


@pytest.mark.parametrize(("days", "gone"), [(179, False), (181, True)])
def test_words_of_what_has_ended_are_erased_by_date(
    days: int, gone: bool, intake: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, intake, State.REFUSED, **WORDS)
    keep_no_longer(NOW + timedelta(days=days))
    row.refresh_from_db()
    assert (row.address == "", row.erased_at is not None, row.dwelling is None) == (gone,) * 3
    assert {step.reason for step in row.steps.all()} == ({"–"} if gone else {"试"})
    assert Dwelling.objects.exists() is not gone
    assert row.person is not None  # counted once, by age band and sex


def test_what_is_under_way_stays(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.RANKED, **WORDS)
    keep_no_longer(NOW + timedelta(days=900))
    row.refresh_from_db()
    assert row.words == "想学护理"


def test_drafts_go_after_their_class_has_closed(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake)
    documents.add(application=row, sort="other", data=PNG, by=staff_user, now=NOW)
    closed = datetime.combine(intake.closes_on, NOW.timetz())
    keep_no_longer(closed + timedelta(days=30))
    assert Application.objects.filter(pk=row.pk).exists()
    keep_no_longer(closed + timedelta(days=31))
    assert not Application.objects.filter(pk=row.pk).exists()
    assert not StoredFile.objects.exists()


def test_papers_of_students_go_a_year_after_they_reported(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.STUDYING)
    file = StoredFile.objects.create(
        kind=documents.KIND, form="png", title="x", size=1, sha256="0" * 64, kept_at=NOW
    )
    ApplicationDocument.objects.create(application=row, sort="other", file=file)
    keep_no_longer(NOW + timedelta(days=364))
    assert row.documents.exists()
    keep_no_longer(NOW + timedelta(days=366))
    assert not row.documents.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PROPOSED, State.STUDYING])
def test_whoever_is_erased_leaves_a_row_without_words(
    state: State, intake: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, intake, state, **WORDS)
    person = row.person
    erase_person(resident=person, now=LATER)
    row.refresh_from_db()
    assert (row.person, row.address, row.words, row.erased_at) == (None, "", "", LATER)
    ends = State.STUDYING if state == State.STUDYING else State.WITHDRAWN
    assert row.state == ends
    assert (row.dwelling is None) is (state != State.STUDYING)


def test_draft_goes_with_its_person(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake)
    erase_person(resident=row.person, now=LATER)
    assert not Application.objects.exists()


def test_guardian_who_is_erased_leaves_the_application(intake: Intake, staff_user: User) -> None:
    guardian = make_person()
    row = make_application(staff_user, intake, State.SUBMITTED, guardian=guardian)
    erase_person(resident=guardian, now=LATER)
    row.refresh_from_db()
    assert row.guardian is None


# --- What the database holds -----------------------------------------------------------


@pytest.fixture
def row(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake)


def test_sorts_of_papers_are_known(row: Application, staff_user: User) -> None:
    documents.add(application=row, sort="other", data=PNG, by=staff_user, now=NOW)
    with refused_by("sort_of_a_paper_is_known"):
        ApplicationDocument.objects.update(sort="x")


def test_looks_stay_as_they_are(row: Application, staff_user: User) -> None:
    about = {"application": row, "by": staff_user, "now": NOW}
    with refused_by("look_at_an_application_names_what"):
        documents.log_look(what="", **about)
    documents.log_look(what="户口簿", reason="核对", **about)
    with refused_by("looks_at_applications_stay"):
        ApplicationLook.objects.update(what="别的")
    with refused_by("looks_go_with_their_application_alone"):
        ApplicationLook.objects.all().delete()
        connection.check_constraints()
    row.delete()
    assert not ApplicationLook.objects.exists()


def test_stops_are_settled_once_and_say_how(intake: Intake, staff_user: User) -> None:
    minor = make_person(born=NOW.date().replace(year=NOW.year - 16))
    row = make_application(staff_user, intake, State.SUBMITTED, person=minor)
    about = {"application": row, "by": staff_user, "now": NOW}
    guardians.stop(said_by="父亲", reason="不同意", **about)
    with refused_by("one_open_stop"):
        Stop.objects.create(application=row, said_by="x", reason="x", at=NOW, by=staff_user)
    with refused_by("settled_stop_says_how"):
        Stop.objects.update(settled_at=NOW)
    guardians.settle(settlement="面谈", **about)
    with refused_by("settled_stops_stay_settled"):
        Stop.objects.update(settled_at=None, settled_by=None, settlement="")


def test_what_is_erased_is_not_taken_up_again(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.REFUSED, **WORDS)
    keep_no_longer(NOW + timedelta(days=181))
    again = {"to": State.SUBMITTED, "reason": "请重看", "by": staff_user, "now": NOW}
    assert code_of(lambda: review.decide(application=row, **again)) == "erased"
