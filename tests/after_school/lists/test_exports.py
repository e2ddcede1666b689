"""Children in lists: covered, unless somebody asks for them with a reason, which is kept."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from after_school.models import Enrolment
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.spreadsheets.writer import write_template
from diedie_edu.lists import kinds
from diedie_edu.people.models import ChildAccess
from tests.after_school.conftest import TODAY
from tests.support.children import consent_text
from tests.support.counting import queries_of
from tests.support.exports import REASON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def secret(enrolment, mother) -> list[str]:
    """What no covered list may show."""
    Enrolment.objects.update(allergies="花生", notes="怕黑")
    name = enrolment.child.full_name
    return [name, "花生", "怕黑", "2017", mother.phone, mother.display_name, enrolment.school]


@pytest.fixture
def lead(make_user, as_user):
    return as_user(make_user(Role.PROGRAMME_LEAD, scope="after-school"))


def cells(answer) -> str:
    book = load_workbook(BytesIO(answer.content))
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def addresses(term, session) -> list[str]:
    return [
        reverse("lists:export", args=["pupils", "xlsx"]),
        reverse("lists:export_of", args=["pupils", term.pk, "xlsx"]),
        reverse("lists:export", args=["afternoons", "xlsx"]),
        reverse("lists:export_of", args=["afternoons", session.pk, "xlsx"]),
    ]


def test_lists_cover_children_for_everybody(
    as_user, staff_user, lead, term, session, presence, secret
):
    for browser in (as_user(staff_user), lead):
        for address in addresses(term, session):
            shown = cells(browser.post(address, REASON))
            assert "陈**" in shown
            assert not any(words in shown for words in secret)
    assert not ChildAccess.objects.exists()


def test_a_covered_register_can_be_filled_in_and_comes_back(
    as_user, staff_user, checked, session, enrolment
):
    address = reverse("lists:export_of", args=["afternoons", session.pk, "xlsx"])

    job = checked(content=as_user(staff_user).post(address, REASON).content, kind="afternoons")

    assert (job.status, job.rows_same, job.faults) == ("ready", 1, [])


@pytest.mark.parametrize("name", ["term_opened", "session_opened"])
def test_the_whole_list_needs_a_reason_and_writes_every_look_down(
    lead, term, session, presence, enrol_child, make_child, name
):
    enrol_child(make_child(full_name="王小明"))
    number = session.pk if name == "session_opened" else term.pk
    address = reverse(f"after_school:{name}", args=[number])
    assert lead.get(address).status_code == 200
    assert lead.post(address, {"reason": ""}).context["form"].errors
    assert not ChildAccess.objects.exists()

    shown = cells(lead.post(address, {"reason": "停电备用"}))

    assert "陈小宝" in shown
    assert "王小明" in shown
    looks = ChildAccess.objects.values_list("child_number", "reason", "page")
    assert sorted(look[0] for look in looks) == sorted(
        Enrolment.objects.values_list("child", flat=True)
    )
    assert {look[1:] for look in looks} == {("停电备用", "list")}


def test_the_whole_list_of_a_term_comes_back_unchanged(lead, checked, term, enrolment, mother):
    address = reverse("after_school:term_opened", args=[term.pk])

    answer = lead.post(address, {"reason": "核对"})
    job = checked(content=answer.content, kind="pupils")

    assert mother.phone in cells(answer)
    assert (job.status, job.rows_same, job.faults) == ("ready", 1, [])


@pytest.mark.parametrize(
    ("role", "scope"),
    [(Role.STAFF, ""), (Role.PROGRAMME_LEAD, "happy-square"), (Role.VOLUNTEER, "")],
)
def test_nobody_else_opens_a_whole_list(as_user, make_user, term, session, enrolment, role, scope):
    browser = as_user(make_user(role, scope=scope))
    for name, number in (("term_opened", term.pk), ("session_opened", session.pk)):
        address = reverse(f"after_school:{name}", args=[number])
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"reason": "想看"}).status_code == 403
    assert not ChildAccess.objects.exists()


def test_leads_of_other_programmes_have_no_list_of_children(as_user, make_user, term, session):
    browser = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))

    for address in addresses(term, session):
        assert browser.get(address).status_code == 404
    assert browser.get(reverse("lists:import_template", args=["pupils"])).status_code == 404


@pytest.mark.parametrize("kind", ["pupils", "afternoons", "roster"])
def test_what_does_not_exist_has_no_list(as_user, staff_user, term, kind):
    address = reverse("lists:export_of", args=[kind, 0, "csv"])

    assert as_user(staff_user).get(address).status_code == 404


@pytest.mark.parametrize("which", [0, 1, 2, 3])
def test_three_children_cost_as_many_queries_as_one(
    as_user, staff_user, term, session, presence, enrol_child, make_child, which
):
    desk, address = as_user(staff_user), addresses(term, session)[which]
    first = queries_of(desk, address)
    for _more in range(2):
        enrol_child(make_child())
    assert queries_of(desk, address) == first


def test_a_whole_list_costs_as_many_statements_for_three_children(
    lead, term, enrolment, enrol_child, make_child, django_assert_max_num_queries
):
    address, counted = reverse("after_school:term_opened", args=[term.pk]), []
    for _more in range(2):
        with django_assert_max_num_queries(30) as queries:
            lead.post(address, {"reason": "核对"})
        counted.append(len(queries))
        enrol_child(make_child())
        enrol_child(make_child())
    assert counted[0] == counted[1]


def test_the_pages_of_the_school_lead_to_their_lists(as_user, staff_user, lead, term, session):
    pages = {
        reverse("after_school:term_children", args=[term.pk]): "pupils",
        reverse("after_school:session", args=[session.pk]): "afternoons",
        reverse("after_school:roster") + f"?week={TODAY}": "roster",
    }
    desk = as_user(staff_user)
    for page, kind in pages.items():
        shown = desk.get(page).content.decode()
        assert f"?kind={kind}" in shown
        assert reverse("lists:import_template", args=[kind]) in shown
        assert "/list/" not in shown
    assert "/list/" in lead.get(next(iter(pages))).content.decode()


@pytest.mark.parametrize("kind", ["pupils", "roster", "afternoons"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_template_is_read_and_its_example_is_nobody(checked, term, kind, language):
    consent_text()
    chosen = kinds.list_kind(kind)
    with translation.override(language):
        content = write_template(chosen.columns(TODAY))

    job = checked(content=content, kind=kind)

    assert job.faults_total == 1
    assert "no rows" in job.faults[0]["message"]
