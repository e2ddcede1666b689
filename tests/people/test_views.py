import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.spreadsheets.opening import MAX_UPLOAD
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from tests.common.spreadsheets.files import xlsx
from tests.people.conftest import CHEN, RESIDENTS
from tests.support.counting import queries_of
from tests.support.exports import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


def send(desk, content: bytes, name: str = "名单.xlsx", kind: str = "residents"):
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("lists:import_new"), {"kind": kind, "file": file})


def page_of(desk, job: ImportJob) -> str:
    return desk.get(reverse("lists:import_job", args=[job.pk])).content.decode()


def test_an_upload_waits_for_a_worker_and_its_page_looks_by_itself(desk):
    answer = send(desk, xlsx(RESIDENTS, CHEN))

    job = ImportJob.objects.get()
    assert answer.url == reverse("lists:import_job", args=[job.pk])
    assert (job.status, job.title) == ("checking", "名单.xlsx")
    page = desk.get(answer.url)
    assert page.headers["Refresh"] == "2"
    assert "<progress" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "The file is empty"), (b"x" * (MAX_UPLOAD + 1), "20 MB")]
)
def test_an_upload_that_cannot_be_a_list_is_refused_beside_the_field(desk, content, words):
    desk.cookies["django_language"] = "en"

    answer = send(desk, content)

    assert words in str(answer.context["form"].errors["file"])
    assert not ImportJob.objects.exists()


def test_the_kind_is_chosen_before_and_must_be_known(desk):
    page = desk.get(reverse("lists:import_new"), {"kind": "volunteers"})
    assert page.context["form"]["kind"].initial == "volunteers"

    assert send(desk, b"x", kind="cats").context["form"].errors["kind"]


def test_faults_are_listed_with_their_places(desk, checked):
    job = checked(RESIDENTS, ["陈建城", "男", "", "12", ""])

    page = page_of(desk, job)

    assert "row 2, column D “联系电话”" in page
    assert "陈建城" not in page


def test_a_checked_list_shows_its_first_rows_to_those_who_move_people(desk, checked):
    page = page_of(desk, checked(RESIDENTS, CHEN))

    assert "陈建城" in page
    assert "13812345678" in page


def test_confirming_starts_the_loading_and_a_second_tap_changes_nothing(desk, checked):
    job = checked(RESIDENTS, CHEN)

    for _tap in range(2):
        answer = desk.post(reverse("lists:import_confirm", args=[job.pk]))
        assert answer.url == reverse("lists:import_job", args=[job.pk])
    job.refresh_from_db()
    assert job.status == "loading"
    desk.post(reverse("lists:import_discard", args=[job.pk]))
    job.refresh_from_db()
    assert job.status == "loading"


def test_a_discarded_list_is_gone_for_good(desk, checked):
    job = checked(RESIDENTS, CHEN)

    assert desk.post(reverse("lists:import_discard", args=[job.pk])).url == reverse("lists:imports")
    desk.post(reverse("lists:import_confirm", args=[job.pk]))
    job.refresh_from_db()
    assert (job.status, job.content) == ("discarded", None)


@pytest.mark.django_db(transaction=True)
def test_the_page_of_every_state_opens(desk, upload, now):
    job = upload(RESIDENTS, CHEN)
    for step in (lambda: run_next(now), lambda: imports.confirm_import(job=job)):
        assert page_of(desk, job)
        step()
    assert "0 / 0" not in page_of(desk, job)
    run_next(now)
    assert "1" in page_of(desk, job)
    for state in ("failed", "cancelled", "refused"):
        ImportJob.objects.update(state=state)
        assert page_of(desk, job)


@pytest.mark.parametrize("kind", ["residents", "volunteers"])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_lists_are_downloaded_under_a_name_with_the_day(desk, clock, kind, extension):
    answer = desk.post(reverse("lists:export", args=[kind, extension]), REASON)

    assert answer.status_code == 200
    assert f"2026-11-23.{extension}" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.getvalue()[:2] in (b"PK", b"\xef\xbb")


@pytest.mark.parametrize("kind", ["residents", "volunteers"])
def test_templates_are_downloaded(desk, kind):
    answer = desk.get(reverse("lists:import_template", args=[kind]))

    assert answer.getvalue().startswith(b"PK")


@pytest.mark.parametrize(
    "path", ["export/cats.xlsx", "export/residents.pdf", "template/cats/", "0/"]
)
def test_what_does_not_exist_is_not_found(desk, path):
    assert desk.get(f"/people/{path}").status_code == 404


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.VOLUNTEER, Role.GROUP_LEADER])
def test_nobody_but_staff_moves_lists(as_user, make_user, checked, role):
    job = checked(RESIDENTS, CHEN)
    browser = as_user(make_user(role))

    for name in ("imports", "import_new"):
        assert browser.get(reverse(f"lists:{name}")).status_code == 403
    assert browser.get(reverse("lists:import_job", args=[job.pk])).status_code == 403
    for name in ("import_confirm", "import_discard"):
        assert browser.post(reverse(f"lists:{name}", args=[job.pk])).status_code == 403
    assert browser.get(reverse("lists:export", args=["residents", "csv"])).status_code == 403


@pytest.mark.parametrize("role", [Role.PROGRAMME_LEAD, Role.BRANCH_LEAD])
def test_leads_move_no_lists_of_people(as_user, make_user, checked, role):
    job = checked(RESIDENTS, CHEN)
    browser = as_user(make_user(role, scope="residents-school"))

    page = browser.get(reverse("lists:imports"))
    every = role == Role.BRANCH_LEAD
    children = ["pupils", "roster", "afternoons"] if every else []
    square = ["groups", "members", "meetups"] if every else []
    base = ["placing", "college", "enterprises", "workers"] if every else []
    base += ["grants", "applications", "students"] if every else []
    office = ["contacts", "milestones", "paragraphs", "spending"]
    slugs = [kind.slug for kind in page.context["kinds"]]
    shared = ["attendance", "signups", "bookings", *(["templates"] if every else []), "topics"]
    assert slugs == ["lectures", *children, *square, *base, *office, *shared]
    assert list(page.context["page"]) == []
    assert browser.get(reverse("lists:import_job", args=[job.pk])).status_code == 404
    assert send(browser, xlsx(RESIDENTS, CHEN)).context["form"].errors["kind"]
    assert browser.get(reverse("lists:export", args=["residents", "csv"])).status_code == 404


@pytest.mark.parametrize("name", ["imports", "import_new"])
def test_the_pages_of_lists_cost_as_many_queries_for_three_uploads(desk, upload, name):
    address = reverse(f"lists:{name}")
    upload(RESIDENTS, CHEN)
    first = queries_of(desk, address)
    for _more in range(2):
        upload(RESIDENTS, CHEN)
    assert queries_of(desk, address) == first
