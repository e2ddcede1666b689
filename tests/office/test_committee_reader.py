"""What the committee's reader sees in the programme office, and what not."""

from datetime import date

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.office.models import Milestone, Work
from tests.support.liaison import make_contact, make_follow_up
from tests.support.office import add_paragraph, begin, decide, make_document, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST = "/desk/office/contacts/"
PERSONAL = ("林主任", "13800001111", "祝远山")


@pytest.fixture
def reader(make_user):
    return make_user(
        Role.COMMITTEE_READER, scope="happy-square", display_name="党委阅览", password="rongshu"
    )


@pytest.fixture
def contact(square_lead):
    made = make_contact(square_lead, "happy-square", person="林主任", phone="13800001111")
    make_follow_up(made, square_lead)
    return made


def test_arrives_in_the_programme_office_which_is_all_that_the_navigation_has(reader, client):
    told = {"phone": reader.phone, "password": "rongshu"}
    page = client.post("/sign-in/", told, follow=True)
    assert page.redirect_chain[-1][0] == "/desk/office/"
    assert page.context["desk_nav"] == ()
    ((_job, pages),) = page.context["desk_menu"]
    assert [item.url for item in pages if item.current] == ["/desk/office/"]
    assert all(item.url.startswith(("/desk/office/", "/desk/figures/")) for item in pages)
    assert client.session.get_expiry_age() <= 12 * 3600


@pytest.mark.parametrize("address", ["/desk/", "/admin/", "/desk/approvals/", "/imports/"])
def test_no_other_page_of_staff_opens(address, reader, as_user):
    assert as_user(reader).get(address).status_code in (403, 404)


def test_reads_what_was_agreed_and_what_follows_without_names_and_phones(reader, as_user, contact):
    client = as_user(reader)
    for address in ("/desk/office/", LIST, f"{LIST}{contact.pk}/"):
        text = client.get(address).content.decode()
        assert "借用多功能厅" in text or "送场地申请表" in text
        assert not [word for word in PERSONAL if word in text]
        assert "完成</button>" not in text
    assert "送场地申请表" in client.get(f"{LIST}{contact.pk}/").content.decode()


def test_finds_nobody_by_name(reader, as_user, contact):
    client = as_user(reader)
    assert len(client.get(f"{LIST}?q=林主任").context["page"].object_list) == 0
    assert len(client.get(f"{LIST}?q=多功能").context["page"].object_list) == 1


def test_writes_nothing(reader, as_user, contact):
    client = as_user(reader)
    row = contact.follow_ups.get()
    assert client.post(f"/desk/office/follow-ups/{row.pk}/tick/", {"done": ""}).status_code == 403
    assert client.get(f"{LIST}{contact.pk}/change/").status_code == 403
    assert client.get(f"{LIST}new/happy-square/").status_code == 403


def test_what_another_programme_has_is_as_missing(reader, as_user, lead):
    other = make_contact(lead)
    client = as_user(reader)
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    assert len(client.get(LIST).context["page"].object_list) == 0
    assert other.subject not in client.get("/desk/office/").content.decode()


@pytest.fixture
def plan(square_lead, branch_lead):
    """Approved, with somebody's name at a milestone; the next version is being written."""
    version = begin(make_document(Work.PLAN, "happy-square"), square_lead)
    add_paragraph(version, text="每季一次联欢")
    days = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 31)}
    Milestone.objects.create(version=version, title="冬季联欢", who="祝远山", **days)
    submit(version, square_lead)
    return decide(version, branch_lead)


def test_reads_what_is_approved_without_names(plan, reader, as_user):
    client = as_user(reader)
    for address in (f"versions/{plan.pk}/", f"documents/{plan.document_id}/"):
        text = client.get(f"/desk/office/{address}").content.decode()
        assert "批准" in text
        assert "祝远山" not in text
        assert "秦望舒" not in text  # who approved


def test_reads_no_draft(plan, square_lead, reader, as_user):
    draft = begin(plan.document, square_lead)
    client = as_user(reader)
    assert client.get(f"/desk/office/versions/{draft.pk}/").status_code == 404
    page = client.get(f"/desk/office/documents/{plan.document_id}/").content.decode()
    assert f"/desk/office/versions/{draft.pk}/" not in page
