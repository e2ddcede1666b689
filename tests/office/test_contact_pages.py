"""The pages of the liaison log."""

from datetime import date

import pytest

from diedie_edu.office.models import Contact, FollowUp
from tests.support.liaison import make_contact, make_follow_up
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST = "/desk/office/contacts/"


@pytest.fixture
def contact(lead):
    return make_contact(lead, person="林主任", phone="13800001111", agreed="每月一次")


def test_a_lead_notes_a_contact_what_follows_and_ticks_it_off(lead, as_user, programme):
    client = as_user(lead)
    page = client.get(f"{LIST}new/residents-school/")
    assert page.context["form"].initial["side"] == "community"
    told = {
        "held_on": "2026-11-20",
        "held_by": lead.pk,
        "side": "community",
        "subject": "借用多功能厅",
        "person": "林主任",
        "phone": "138 0000 1111",
    }
    answer = client.post(f"{LIST}new/residents-school/", told, follow=True)
    made = Contact.objects.get()
    assert (made.phone, made.made_by) == ("13800001111", lead)
    follows = {"what": "送申请表", "owner": lead.pk, "due_on": "2026-11-22"}
    answer = client.post(f"{LIST}{made.pk}/follow-up/", follows, follow=True)
    assert "已逾期" in answer.content.decode()
    row = FollowUp.objects.get()
    client.post(f"/desk/office/follow-ups/{row.pk}/tick/", {"done": ""})
    row.refresh_from_db()
    assert row.done_by == lead


def test_the_desk_of_the_office_shows_what_is_open_and_leads_back_there(lead, as_user, contact):
    row = make_follow_up(contact, lead)
    client = as_user(lead)
    assert "送场地申请表" in client.get("/desk/office/").content.decode()
    address = f"/desk/office/follow-ups/{row.pk}/tick/"
    answer = client.post(address, {"done": "", "next": "/desk/office/"})
    assert answer.headers["Location"] == "/desk/office/"
    assert "送场地申请表" not in client.get("/desk/office/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("q=多功能", 1),
        ("q=林主任", 1),
        ("q=送场地", 1),
        ("side=enterprise", 1),
        ("open=open", 2),
        ("open=late", 1),
        ("since=2026-11-21", 0),
        ("until=2026-11-20&programme=", 2),
        ("q=没有这样的", 0),
    ],
)
def test_contacts_are_found_by_words_sides_days_and_what_is_open(
    query, found, lead, as_user, contact
):
    other = make_contact(lead, subject="联办讲座", side="enterprise")
    make_follow_up(contact, lead)
    make_follow_up(other, lead, what="发函", due_on=date(2026, 11, 21))
    page = as_user(lead).get(f"{LIST}?{query}").context["page"]
    assert len(page.object_list) == found


def test_the_log_of_another_programme_is_as_missing(square_lead, lead, as_user, contact):
    row = make_follow_up(contact, lead)
    client = as_user(square_lead)
    assert client.get(LIST).context["page"].object_list.count() == 0
    for address in (
        *(f"{LIST}{contact.pk}/", f"{LIST}{contact.pk}/change/", f"{LIST}{contact.pk}/follow-up/"),
        *(f"{LIST}new/residents-school/", f"/desk/office/follow-ups/{row.pk}/"),
    ):
        assert client.get(address).status_code == 404
    for act in ("tick", "remove"):
        address = f"/desk/office/follow-ups/{row.pk}/{act}/"
        assert client.post(address, {"done": ""}).status_code == 404
    assert FollowUp.objects.get().done_at is None


def test_an_old_form_undoes_nothing(lead, staff_user, as_user, contact):
    client = as_user(lead)
    address = f"{LIST}{contact.pk}/change/"
    old = opened(client, address)
    Contact.objects.update(agreed="每季度一次")
    answer = client.post(address, old | {"agreed": "每年一次"})
    assert "每季度一次" in answer.content.decode()
    contact.refresh_from_db()
    assert contact.agreed == "每季度一次"


def test_whoever_has_left_stays_named(lead, make_user, as_user, contact):
    gone = make_user("resident", display_name="何已离任")
    Contact.objects.update(held_by=gone)
    page = as_user(lead).get(f"{LIST}{contact.pk}/change/").content.decode()
    assert "何已离任" in page
