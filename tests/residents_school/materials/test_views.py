"""Files over HTTP: who brings them, who reads them, and that nothing in them runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.documents import read_document
from diedie_edu.people.models import Volunteer
from residents_school.actions import materials
from residents_school.demo.handouts import pdf, picture
from residents_school.models import Lecture, Material
from tests.conftest import NOW
from tests.support.duties import on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def add(lecture: Lecture, data: bytes, title: str = "讲课 提纲") -> str:
    """The address it has then."""
    material = materials.add_material(
        lecture=lecture, data=data, file_name="", title=title, by=None, now=NOW
    )
    return reverse("files:file", args=[material.file.key])


def send(client: Client, name: str, lecture: Lecture, data: bytes, called: str) -> object:
    upload = SimpleUploadedFile(called, data, content_type="application/pdf")
    return client.post(reverse(f"residents_school:{name}", args=[lecture.pk]), {"file": upload})


@pytest.mark.parametrize(
    ("data", "kind", "policy"),
    [
        (pdf(["一"]), "application/pdf", "default-src 'none'; frame-ancestors 'none'"),
        (picture(), "image/png", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ],
)
def test_a_file_is_served_as_what_it_is(
    client: Client, make_lecture: Callable, data: bytes, kind: str, policy: str
) -> None:
    answer = client.get(add(make_lecture(), data))
    ending = kind.rpartition("/")[2]
    assert answer.content == read_document(data).data
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == policy
    assert answer.headers["Content-Disposition"] == (
        f'inline; filename="material.{ending}"; '
        f"filename*=UTF-8''%E8%AE%B2%E8%AF%BE%20%E6%8F%90%E7%BA%B2.{ending}"
    )


def test_the_lectures_page_leads_to_its_files(client: Client, make_lecture: Callable) -> None:
    lecture = make_lecture()
    url = add(lecture, picture())
    page = client.get(reverse("residents_school:lecture_detail", args=[lecture.pk]))
    assert url in page.content.decode()


def test_a_file_that_is_gone_is_a_missing_page(
    client: Client, make_lecture: Callable, media: Path
) -> None:
    url = add(make_lecture(), picture())
    next(media.rglob("*.png")).unlink()
    assert client.get(url).status_code == 404


def test_staff_bring_and_remove(
    staff: Client, make_lecture: Callable, django_capture_on_commit_callbacks: Callable, media: Path
) -> None:
    lecture = make_lecture()
    assert send(staff, "material_list", lecture, pdf(["一"]), "提纲.pdf").status_code == 302
    material = Material.objects.get()
    assert material.file.title == "提纲"
    gone = reverse("residents_school:material_remove", args=[lecture.pk, material.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.post(gone).status_code == 302
    assert not list(media.rglob("*.pdf"))


@pytest.mark.parametrize(
    ("data", "called"),
    [
        (b"<script>alert(1)</script>", "slides.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.png"),
        (b"PK\x03\x04", "x.pdf"),
        (b"", "x.pdf"),
        (pdf(["x"]) + b"PK\x03\x04", "x.pdf"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "x.pdf"),
    ],
    ids=["html", "svg", "zip", "empty", "polyglot", "large"],
)
def test_what_is_refused_is_said_beside_the_field(
    staff: Client, make_lecture: Callable, data: bytes, called: str
) -> None:
    page = send(staff, "material_list", make_lecture(), data, called)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not Material.objects.exists()


@pytest.fixture
def speaker(resident_user: User) -> Volunteer:
    return Volunteer.objects.create(resident=resident_user.resident, kinds=["expert"])


def test_a_speaker_brings_files_to_a_draft_and_reads_them(
    as_user: Callable, speaker: Volunteer, make_lecture: Callable, stranger: User
) -> None:
    draft = make_lecture(state="draft")
    on_duty(draft.occasion, speaker)
    own = as_user(speaker.resident.account)
    assert send(own, "own_lecture", draft, pdf(["一"]), "提纲.pdf").status_code == 302
    url = reverse("files:file", args=[Material.objects.get().file.key])
    found = [browser.get(url).status_code for browser in (own, as_user(stranger), Client())]
    assert found == [200, 404, 404]
    assert url in own.get(reverse("residents_school:own_lecture", args=[draft.pk])).content.decode()


def test_who_does_not_speak_there_finds_nothing(
    as_user: Callable, speaker: Volunteer, make_lecture: Callable
) -> None:
    own = as_user(speaker.resident.account)
    assert send(own, "own_lecture", make_lecture(), pdf(["一"]), "x.pdf").status_code == 404


def test_my_page_leads_to_the_lectures_one_gives(
    as_user: Callable, speaker: Volunteer, make_lecture: Callable
) -> None:
    lecture = make_lecture()
    on_duty(lecture.occasion, speaker)
    page = as_user(speaker.resident.account).get(reverse("portal:my_page")).content.decode()
    assert reverse("residents_school:own_lecture", args=[lecture.pk]) in page
