"""One's own data: a copy as a file, a correction that staff decide, and being forgotten."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from diedie_edu.common.days import local_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.models import Job
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import erasing
from diedie_edu.people.models import ErasureRequest, PersonCorrection, PersonEvent, Resident
from diedie_edu.people.tasks import erase_who_asked
from diedie_edu.portal.closing import messages
from tests.conftest import NOW
from tests.decisions.conftest import decide
from tests.support.children import NINE, consented
from tests.support.refusals import check_at_once, code_of
from tests.support.seats import enter
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DATA, ERASURE = "/me/data/", "/me/data/erasure/"
# 15 working days after Monday 23 November 2026.
DUE = date(2026, 12, 14)


# --- A copy ----------------------------------------------------------------------------


def sheets_of(content: bytes) -> dict[str, list[list]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_copy_is_a_workbook_with_a_sheet_for_each_kind_of_thing(
    resident_user, as_user, make_lecture, stranger
):
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    enter(lecture, stranger.resident)
    client = as_user(resident_user)
    answer = client.post("/me/data/copy/")
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job", args=[job.pk])
    assert run_next(local_now())
    job.refresh_from_db()
    assert job.result.ends_at == NOW + timedelta(days=1)
    file = client.get(reverse("files:file", args=[job.result.key]))
    sheets = sheets_of(file.getvalue())
    assert resident_user.phone in sheets["账号"][1]
    assert resident_user.display_name in sheets["居民"][1]
    [titles, row] = next(rows for rows in sheets.values() if lecture.title in rows[1])
    assert "状态" in titles
    assert resident_user.display_name in row
    whole = str(sheets)
    assert stranger.display_name not in whole
    assert as_user(stranger).get(reverse("files:file", args=[job.result.key])).status_code == 404


# --- A correction ----------------------------------------------------------------------


@pytest.fixture
def child(resident_user, make_resident) -> Resident:
    return consented(make_resident(full_name="陈小宝", birth_date=NINE), resident_user.resident)


def test_guardian_has_a_childs_name_put_right_against_a_paper(
    child, resident_user, as_user, staff_user
):
    page = reverse("portal:correct", args=[child.pk])
    guardian, right = as_user(resident_user), {"full_name": "陈晓宝", "birth_date": "2017-05-05"}
    guardian.post(page, opened(guardian, page) | right)
    request, row = Request.objects.get(kind="correction"), PersonCorrection.objects.get()
    assert code_of(lambda: decide(request, State.APPROVED, staff_user)) == "no_paper"
    staff, desk = as_user(staff_user), reverse("decisions:one", args=[request.pk])
    assert "陈晓宝" in staff.get(desk).text
    staff.post(reverse("portal:correction_paper", args=[row.pk]), {"paper": "register"})
    decide(request, State.APPROVED, staff_user)
    child.refresh_from_db()
    assert (child.full_name, child.birth_date) == ("陈晓宝", date(2017, 5, 5))
    assert PersonEvent.objects.get().reason == "户口簿"
    check_at_once()


def test_correction_makes_no_grown_up_of_a_child(child, resident_user, as_user):
    page = reverse("portal:correct", args=[child.pk])
    guardian, wrong = as_user(resident_user), {"full_name": "陈小宝", "birth_date": "2001-05-04"}
    answer = guardian.post(page, opened(guardian, page) | wrong)
    assert "14" in answer.text
    assert not Request.objects.exists()


def test_nobody_corrects_other_peoples_names(child, stranger, as_user):
    page = reverse("portal:correct", args=[child.pk])
    assert as_user(stranger).get(page).status_code == 404


# --- Being forgotten -------------------------------------------------------------------


def test_wish_has_a_day_and_can_be_taken_back(resident_user, as_user):
    client = as_user(resident_user)
    assert "2026年12月14日" in client.get(ERASURE).text
    assert client.post(ERASURE, {"scope": "all"}).status_code == 200  # not ticked
    client.post(ERASURE, {"scope": "all", "sure": "on"})
    request = ErasureRequest.objects.get()
    assert (request.due_on, request.seen) == (DUE, "signed_in")
    assert "2026年12月14日" in client.get(DATA).text
    told = Notice.objects.filter(kind=messages.ERASURE_ASKED.code)
    assert told.filter(recipient=resident_user.resident).exists()
    client.post("/me/data/erasure/take-back/")
    request.refresh_from_db()
    assert request.ending == "withdrawn"
    kinds = list(PersonEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["erasure", "kept"]


def test_job_erases_on_the_last_day_and_not_before(resident_user, as_user, clock):
    as_user(resident_user).post(ERASURE, {"scope": "all", "sure": "on"})
    clock.move_to(NOW + timedelta(days=20))
    erase_who_asked()
    assert Resident.objects.filter(pk=resident_user.resident.pk).exists()
    clock.move_to(NOW + timedelta(days=21))
    erase_who_asked()
    assert not Resident.objects.filter(pk=resident_user.resident.pk).exists()
    assert ErasureRequest.objects.get().ending == "done"


def test_account_alone_is_closed_and_the_person_stays(resident_user, as_user):
    client = as_user(resident_user)
    client.post(ERASURE, {"scope": "account", "sure": "on"})
    erasing.carry_out(request=ErasureRequest.objects.get(), by=None, now=NOW)
    person = Resident.objects.get(full_name=resident_user.display_name)
    assert person.account is None
    assert client.get(DATA).status_code == 302
