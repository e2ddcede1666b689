"""Papers of an application: what is kept, who opens them, what is written down, when they go."""

import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.documents import read_document
from diedie_edu.files.models import FOLDER, StoredFile
from edu_base.actions import applying, documents
from edu_base.models import Application, ApplicationLook, Intake, State, Step
from edu_base.rules.documents import MOST
from tests.conftest import NOW
from tests.edu_base.applying import born, url
from tests.support.education import ADULT, make_application, walk
from tests.support.hostile_files import HOSTILE, JPEG, PDF, PNG
from tests.support.refusals import code_of
from tests.support.reviewing import declare, make_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]


@pytest.fixture
def row(intake: Intake, resident_user: User) -> Application:
    born(resident_user, ADULT)
    return make_application(resident_user, intake, person=resident_user.resident)


def kept(row: Application, by: User, data: bytes = PNG) -> StoredFile:
    made = documents.add(application=row, sort="identity", data=data, by=by, now=NOW)
    return made.file


def send(client: Client, row: Application, data: bytes, name: str = "扫描.jpg") -> object:
    sent = {"sort": "identity", "file": SimpleUploadedFile(name, data, "image/jpeg")}
    return client.post(url("document_add", row.pk), sent)


@pytest.mark.parametrize("data", [JPEG, PNG, PDF], ids=["jpg", "png", "pdf"])
def test_jpg_png_and_pdf_are_known_by_their_content(
    data: bytes, row: Application, resident_user: User, as_user: AsUser
) -> None:
    assert send(as_user(resident_user), row, data, "随便.txt").status_code == 302
    assert row.documents.get().file.kept_by == resident_user


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_clear_sentence(
    name: str, row: Application, resident_user: User, as_user: AsUser
) -> None:
    data, code = HOSTILE[name]
    folder = settings.MEDIA_ROOT / FOLDER
    before = set(folder.glob("*"))
    answer = send(as_user(resident_user), row, data)
    [error] = answer.context["form"].errors.as_data()["file"]
    assert error.code == code
    assert len(error.message) > 10
    assert not StoredFile.objects.exists()
    assert set(folder.glob("*")) == before


def test_too_large_and_too_many_are_refused(
    row: Application, resident_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(MOST):
        kept(row, resident_user)
    assert code_of(lambda: kept(row, resident_user)) == "too_many"
    monkeypatch.setattr(settings, "MATERIAL_MEGABYTES", 0)
    assert code_of(lambda: kept(row, resident_user)) == "large"


@pytest.mark.parametrize("bits", [16, 12])
def test_a_grey_scan_in_sixteen_bits_stays_readable(bits: int) -> None:
    """Dark letters on light paper; many scanners fill the lower twelve bits alone."""
    paper = 2**bits - 1
    scan = Image.new("I;16", (60, 40), paper)
    for x in range(20, 40):
        for y in range(10, 30):
            scan.putpixel((x, y), paper // 10)
    file = io.BytesIO()
    scan.save(file, "png")
    seen = Image.open(io.BytesIO(read_document(file.getvalue()).data)).convert("L")
    assert seen.getpixel((5, 5)) > 245
    assert 15 < seen.getpixel((30, 20)) < 40


def test_a_black_scan_stays_black() -> None:
    file = io.BytesIO()
    Image.new("I;16", (4, 4), 0).save(file, "png")
    seen = Image.open(io.BytesIO(read_document(file.getvalue()).data)).convert("L")
    assert seen.getextrema() == (0, 0)


def test_only_whoever_may_opens_one_and_staff_leave_a_trace(
    row: Application,
    resident_user: User,
    stranger: User,
    staff_user: User,
    make_user: Callable[..., User],
    as_user: AsUser,
) -> None:
    file = kept(row, resident_user)
    address = reverse("files:file", args=[file.key])
    assert as_user(resident_user).get(address).status_code == 200
    assert not ApplicationLook.objects.exists()
    other_lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    for user in (stranger, other_lead, make_user(Role.VOLUNTEER)):
        assert as_user(user).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert as_user(staff_user).get(address).status_code == 404, "a draft is the applicant's own"
    walk(row, State.SUBMITTED, staff_user)
    answer = as_user(staff_user).get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    look = ApplicationLook.objects.get()
    assert (look.viewer, look.application, look.at) == (staff_user, row, NOW)


def test_no_address_is_guessed(row: Application, resident_user: User, as_user: AsUser) -> None:
    file = kept(row, resident_user)
    client = as_user(resident_user)
    for guess in (f"{file.pk:032x}", file.key[:-1] + "0" * (file.key[-1] != "0") or "1"):
        assert client.get(f"/files/{guess}").status_code == 404


def test_after_withdrawal_the_old_link_opens_nothing(
    intake: Intake, resident_user: User, staff_user: User, as_user: AsUser
) -> None:
    person = resident_user.resident
    row = make_application(resident_user, intake, State.MORE_ASKED, person=person)
    file = kept(row, resident_user)
    path = settings.MEDIA_ROOT / file.path
    assert path.exists()
    applying.withdraw(application=row, acting=Step.Acting.APPLICANT, by=resident_user, now=NOW)
    for user in (resident_user, staff_user):
        assert as_user(user).get(reverse("files:file", args=[file.key])).status_code == 404
    assert not StoredFile.objects.exists()


def test_papers_change_only_while_the_application_may(
    row: Application, intake: Intake, resident_user: User, as_user: AsUser
) -> None:
    kept(row, resident_user)
    client, document = as_user(resident_user), row.documents.get()
    client.post(url("document_remove", row.pk), {"document": document.pk})
    assert not row.documents.exists()
    sent = make_application(resident_user, intake, State.SUBMITTED)
    assert code_of(lambda: kept(sent, resident_user)) == "in_review"
    assert client.post(url("document_remove", sent.pk), {"document": 1}).status_code == 404


def test_staff_do_not_open_those_of_their_family_or_with_a_tie(
    row: Application, resident_user: User, staff_user: User, as_user: AsUser
) -> None:
    address = reverse("files:file", args=[kept(row, resident_user).key])
    walk(row, State.SUBMITTED, staff_user)
    reviewer = make_reviewer(row.intake, staff_user)
    assert as_user(staff_user).get(address).status_code == 404, "nothing is declared yet"
    declare(reviewer, row, "teacher")
    assert as_user(staff_user).get(address).status_code == 404
