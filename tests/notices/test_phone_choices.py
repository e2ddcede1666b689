"""Staff choose which programmes and sorts of messages ring their phone; a child's safety always
does."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from after_school.messages import MISSING_FOR_STAFF, SHORT_STAFFED
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_of
from diedie_edu.decisions.messages import WAITS
from diedie_edu.notices import outbox
from diedie_edu.notices.actions import notify
from diedie_edu.notices.actions.seen import choose_for_mailbox, choose_for_phone
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Notice, PhoneChoice
from diedie_edu.notices.queries.phone_choices import choices_of, programme_of
from diedie_edu.people.models import Resident
from happy_square.guidance_messages import COMPLAINT_ARRIVED
from residents_school.models import Lecture
from tests.notices.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]
PAGE = reverse("notices:phone_choices")
SCHOOL, SQUARE = "after-school", "happy-square"


def rung(kind: Kind, user: User, now: datetime, subject: str = "session:6") -> list[tuple]:
    """How the messages of one kind ended, by channel."""
    notify(kind=kind, accounts=[user.pk], subject=subject, data=FACTS, now=now)
    outbox.deliver()
    rows = Notice.objects.filter(kind=kind.code, account=user)
    return sorted(rows.values_list("channel", "status"))


def test_what_was_not_chosen_stays_in_the_portal(staff_user: User, now: datetime) -> None:
    choose_for_phone(user=staff_user, chosen={(SCHOOL, "afternoons"): False})
    assert rung(SHORT_STAFFED, staff_user, now) == [("inbox", "delivered"), ("sms", "suppressed")]


def test_without_a_choice_it_is_as_the_sort_says(staff_user: User, now: datetime) -> None:
    assert rung(SHORT_STAFFED, staff_user, now) == [("inbox", "delivered"), ("sms", "sent")]
    quiet = rung(COMPLAINT_ARRIVED, staff_user, now, "complaint:5")
    assert quiet == [("inbox", "delivered"), ("sms", "suppressed")]


def test_what_rings_nobody_by_itself_can_be_wanted(staff_user: User, now: datetime) -> None:
    choose_for_phone(user=staff_user, chosen={(SQUARE, "guidance"): True})
    wanted = rung(COMPLAINT_ARRIVED, staff_user, now, "complaint:5")
    assert wanted == [("inbox", "delivered"), ("sms", "sent")]


def test_a_childs_safety_rings_whatever_was_chosen(staff_user: User, now: datetime) -> None:
    everything = {
        (one.programme, sort.code): False for one in choices_of(staff_user) for sort in one.sorts
    }
    choose_for_phone(user=staff_user, chosen=everything)
    Resident.objects.filter(account=staff_user).update(wants_sms=False)
    assert ("sms", "suppressed") in rung(SHORT_STAFFED, staff_user, now)
    assert ("sms", "sent") in rung(MISSING_FOR_STAFF, staff_user, now, "child:5")
    for kind in parts_of(Kind):
        assert not (kind.urgent and kind.sort), kind.code


def test_what_all_programmes_have_is_chosen_for_each(staff_user: User, now: datetime) -> None:
    """A request belongs to the programme of its row."""
    choose_for_phone(user=staff_user, chosen={(SQUARE, "requests"): False})
    notice = Notice(kind=WAITS.code, subject="request:0", account=staff_user)
    assert programme_of(notice) == ""
    assert ("sms", "sent") in rung(WAITS, staff_user, now, "request:0")


def test_of_which_programme_a_message_is(make_lecture: Callable[..., Lecture]) -> None:
    """That of its kind, else that of the row it tells of, else the branch's own."""
    assert programme_of(Notice(kind=SHORT_STAFFED.code, subject="session:1")) == SCHOOL
    of_row = Notice(kind=WAITS.code, subject=f"activity:{make_lecture().pk}")
    assert programme_of(of_row) == "residents-school"
    for subject in ("complaint:3", "nothing:1", ""):
        assert programme_of(Notice(kind=WAITS.code, subject=subject)) == ""


def mailbox(user: User) -> None:
    Resident.objects.filter(account=user).update(email="a@example.org", wants_email=True)


def test_e_mails_are_chosen_by_sort_as_well(staff_user: User, now: datetime) -> None:
    """Until then all come to whoever wants e-mails; the phone's choice is another."""
    mailbox(staff_user)
    choose_for_phone(user=staff_user, chosen={(SCHOOL, "afternoons"): False})
    ended = [("email", "sent"), ("inbox", "delivered"), ("sms", "suppressed")]
    assert rung(SHORT_STAFFED, staff_user, now) == ended
    choose_for_mailbox(user=staff_user, chosen={(SCHOOL, "afternoons"): False})
    Notice.objects.all().delete()
    ended = [("email", "suppressed"), ("inbox", "delivered"), ("sms", "suppressed")]
    assert rung(SHORT_STAFFED, staff_user, now) == ended
    assert ("email", "sent") in rung(MISSING_FOR_STAFF, staff_user, now, "child:5")


def test_staff_who_are_no_residents_have_a_mailbox_of_their_own(
    staff_user: User, now: datetime
) -> None:
    staff_user.resident.delete()
    user = User.objects.get(pk=staff_user.pk)
    assert rung(SHORT_STAFFED, user, now) == [("inbox", "delivered"), ("sms", "sent")]
    assert not any(one.mailable for one in choices_of(user))
    User.objects.filter(pk=user.pk).update(mailbox="wu@example.org")
    Notice.objects.all().delete()
    assert ("email", "sent") in rung(SHORT_STAFFED, user, now)
    assert mail.outbox[-1].to == ["wu@example.org"]
    assert any(one.mailable for one in choices_of(User.objects.get(pk=user.pk)))


def test_a_person_behind_an_account_says_whether_e_mails_come(
    staff_user: User, now: datetime
) -> None:
    User.objects.filter(pk=staff_user.pk).update(mailbox="wu@example.org")
    assert "email" not in dict(rung(SHORT_STAFFED, staff_user, now))


def test_choosing_e_mails_leaves_the_phone_as_it_was(staff_user: User, now: datetime) -> None:
    """Both where something was chosen for it, and where the sort itself says it."""
    for sort, rings in (("afternoons", True), ("guidance", False)):
        programme = SCHOOL if sort == "afternoons" else SQUARE
        choose_for_mailbox(user=staff_user, chosen={(programme, sort): False})
        row = PhoneChoice.objects.get(sort=sort)
        assert (row.rings, row.mails) == (rings, False)
    choose_for_phone(user=staff_user, chosen={(SCHOOL, "afternoons"): False})
    row = PhoneChoice.objects.get(sort="afternoons")
    assert (row.rings, row.mails) == (False, False)


# --- The page --------------------------------------------------------------------------


def test_staff_choose_on_a_page_and_find_it_again(staff_user: User, as_user: SignIn) -> None:
    client = as_user(staff_user)
    assert PAGE in client.get(reverse("notices:inbox")).text
    page = client.get(PAGE)
    form = page.context["form"]
    given = {name: form.initial[name] for name in form.programmes} | {"p_after-school": []}
    given["opened"] = form["opened"].value()
    assert client.post(PAGE, given).status_code == 302
    assert PhoneChoice.objects.get(programme=SCHOOL, sort="afternoons").rings is False
    assert PhoneChoice.objects.get(programme=SCHOOL, sort="requests").rings is False
    assert PhoneChoice.objects.get(programme=SQUARE, sort="requests").rings is True
    again = client.get(PAGE).context["form"]
    assert again.initial["p_after-school"] == []


def test_whoever_has_a_mailbox_chooses_e_mails_on_the_same_page(
    staff_user: User, as_user: SignIn
) -> None:
    client = as_user(staff_user)
    assert not client.get(PAGE).context["form"].mailed
    mailbox(staff_user)
    form = client.get(PAGE).context["form"]
    given = {name: form.initial[name] for name in form.initial} | {"m_after-school": ["requests"]}
    given["opened"] = form["opened"].value()
    assert client.post(PAGE, given).status_code == 302
    again = client.get(PAGE).context["form"]
    assert again.initial["m_after-school"] == ["requests"]
    assert again.initial["p_after-school"] == form.initial["p_after-school"]
    assert again.initial["m_happy-square"] == form.initial["m_happy-square"]


def test_what_never_rings_can_be_chosen_for_the_mailbox_alone(staff_user: User) -> None:
    mailbox(staff_user)
    user = User.objects.get(pk=staff_user.pk)
    *others, branch = choices_of(user)
    assert not any("watch" in one.mailing for one in others), "it is of no programme"
    assert "watch" not in {sort.code for sort in branch.sorts}
    assert "watch" in branch.mailing


def test_a_lead_chooses_of_their_programme_alone(
    make_user: Callable[..., User], as_user: SignIn
) -> None:
    lead = make_user(Role.PROGRAMME_LEAD, scope=SQUARE)
    assert [one.programme for one in choices_of(lead)] == [SQUARE]
    assert list(as_user(lead).get(PAGE).context["form"].programmes) == ["p_happy-square"]


def test_residents_have_no_such_page(resident_user: User, as_user: SignIn) -> None:
    client = as_user(resident_user)
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get(reverse("notices:inbox")).text


def test_every_label_is_in_the_readers_language(staff_user: User, as_user: SignIn) -> None:
    text = as_user(staff_user).get(PAGE).text
    for label in ("等您审批的申请", "人手不够、开门晚了", "孩子的安全不能选"):
        assert label in text


def test_one_account_chooses_once_for_each(staff_user: User) -> None:
    row = {"account": staff_user, "programme": SCHOOL, "sort": "afternoons"}
    PhoneChoice.objects.create(**row, rings=False)
    with pytest.raises(IntegrityError, match="phone_choice_once"):
        PhoneChoice.objects.create(**row, rings=True)
