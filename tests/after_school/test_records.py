"""Children's data: every look is written down, lists show the least, no way in without consent."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from after_school.models import Enrolment
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import ChildAccess, Consent, Resident
from tests.after_school.conftest import TODAY
from tests.support.access_things import addresses
from tests.support.children import NINE, consent_text
from tests.support.counting import queries_of
from tests.support.exports import exported
from tests.support.refusals import check_at_once
from tests.test_house import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def url(name: str, *args: int) -> str:
    return reverse(f"after_school:{name}", args=args)


@pytest.fixture
def desk(staff_user, as_user) -> Client:
    return as_user(staff_user)


def staff_views_of_a_child() -> dict[str, object]:
    """Every address of staff that names a child, but for those of one afternoon."""
    routes = addresses().items()
    named = [
        name for name, route in routes if "desk/school" in route and "<int:session>" not in route
    ]
    rows = {row.name: row.callback for row in patterns(get_resolver())}
    return {
        name: rows[name.rpartition(":")[2]]
        for name in named
        if "<person:child>" in addresses()[name]
    }


def test_every_staff_page_of_a_child_writes_the_look_down():
    views = staff_views_of_a_child()
    assert len(views) >= 2
    assert [name for name, view in views.items() if not hasattr(view, "accesses_to_child")] == []


def test_opening_a_record_is_in_the_log(desk, enrolment, staff_user):
    desk.get(url("record", enrolment.child_id))
    desk.get(url("paper_withdrawal", enrolment.child_id, Consent.objects.get().pk))
    looks = ChildAccess.objects.order_by("pk")
    assert [(look.page, look.viewer, look.child_number) for look in looks] == [
        ("record", staff_user, enrolment.child_id),
        ("consent", staff_user, enrolment.child_id),
    ]


def test_the_guardians_own_look_is_not_logged(enrolment, mother, as_user):
    as_user(mother).get(url("child", enrolment.child_id))
    assert not ChildAccess.objects.exists()


def test_a_child_opened_in_the_admin_site_is_in_the_log(desk, child, mother):
    desk.get(reverse("admin:people_resident_change", args=[child.pk]))
    desk.get(reverse("admin:people_resident_change", args=[mother.resident.pk]))
    assert [look.child_number for look in ChildAccess.objects.all()] == [child.pk]


def test_a_list_shows_the_least(desk, term, enrolment):
    Enrolment.objects.update(allergies="花生", notes="怕黑")
    shown = desk.get(url("term_children", term.pk)).content.decode()
    assert enrolment.child.full_name in shown
    assert not any(words in shown for words in ("花生", "怕黑", "2017", enrolment.school))


def test_a_list_takes_as_many_queries_for_three_children(desk, term, enrol_child, make_child):
    page = url("term_children", term.pk)
    enrol_child(make_child())
    first = queries_of(desk, page)
    enrol_child(make_child())
    enrol_child(make_child())
    assert queries_of(desk, page) == first


# --- Paper -----------------------------------------------------------------------------


@pytest.fixture
def paper(homework) -> dict[str, object]:
    return {
        "paper_reference": "3 号柜 17",
        "has_signed": "on",
        "guardian_name": "李梅",
        "guardian_phone": "13811112222",
        "relation": "mother",
        "full_name": "陈小宝",
        "birth_date": f"{NINE:%Y-%m-%d}",
        "school": "叠滘小学",
        "grade": "三年级",
        "weekdays": [1],
        "zone": homework.pk,
    }


def test_a_paper_is_typed_in_with_where_it_lies(desk, term, session, paper):
    consent_text()
    desk.post(url("paper_enrolment", term.pk), paper)
    check_at_once()
    consent = Consent.objects.get()
    assert (consent.way, consent.paper_reference) == ("paper", "3 号柜 17")
    assert Enrolment.objects.get().child.full_name == "陈小宝"


def test_a_paper_names_who_may_collect(desk, term, session, paper):
    consent_text()
    person = {"full_name": "王桂兰", "phone": "13900005555", "relation": "奶奶"}
    told = {f"collector-1-{name}": value for name, value in person.items()}
    assert desk.post(url("paper_enrolment", term.pk), paper | told).status_code == 302
    child = Enrolment.objects.get().child
    assert child.collectors.get(guardian=None).full_name == "王桂兰"
    event = child.family_events.get()
    assert (event.asked_by.full_name, event.reason) == ("李梅", "3 号柜 17")


def test_a_half_named_collector_is_asked_for(desk, term, session, paper):
    consent_text()
    told = {"collector-1-full_name": "王桂兰"}
    assert desk.post(url("paper_enrolment", term.pk), paper | told).status_code == 200
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("missing", ["has_signed", "paper_reference", "guardian_name"])
def test_a_paper_without_a_signature_brings_no_child_in(desk, term, session, paper, missing):
    consent_text()
    answer = desk.post(url("paper_enrolment", term.pk), paper | {missing: ""})
    assert answer.context["form"].errors[missing]
    assert not Resident.objects.filter(full_name="陈小宝").exists()


def test_a_guardian_withdraws_on_paper(desk, session, child, enrolment):
    desk.post(url("paper_withdrawal", child.pk, Consent.objects.get().pk))
    child.refresh_from_db()
    assert (child.is_locked, Consent.objects.get().ending) == (True, "paper")


# --- The audit pack --------------------------------------------------------------------


def test_the_audit_pack_names_no_child_and_asks_for_a_reason(make_user, as_user, enrolment):
    lead = make_user(Role.PROGRAMME_LEAD, scope="after-school")
    browser = as_user(lead)
    assert browser.post(url("audit_pack"), {"year": TODAY.year}).context["form"].errors
    pack = exported(browser, url("audit_pack"), year=TODAY.year, reason="年度审计")
    book = load_workbook(BytesIO(pack))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert len(book.sheetnames) == 3
    assert str(enrolment.child_id) in cells
    assert enrolment.child.full_name not in cells
    assert ChildAccess.objects.get().reason == "年度审计"


def test_other_leads_open_no_children(make_user, as_user, enrolment):
    browser = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    for page in (url("audit_pack"), url("record", enrolment.child_id)):
        assert browser.get(page).status_code == 403
