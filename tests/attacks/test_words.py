"""No words of strangers go out under the house's signature, and nobody rings others without end."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.actions import setting_off
from diedie_edu.accounts.forms import AccountForm
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.names import clean_name
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind, render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.phones import notify_phone
from diedie_edu.notices.queries.names import register_name
from diedie_edu.notices.text_messages import LINK, NAME, NUMBER_TO_RING, TITLE
from diedie_edu.portal.sign_in.forms import ProfileForm
from happy_square.models import HandOver
from tests.conftest import NOW
from tests.support.groups import lead, make_group, member
from tests.support.refusals import code_of
from tests.support.sources import files_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CALLED = ["【银行】", "[Bank]", "见 evil.com/x", "http://a", "打13800138000", "a@b", "〔银行〕"]
KINDS = parts_of(Kind)


# --- Names -----------------------------------------------------------------------------


@pytest.mark.parametrize("called", CALLED)
def test_nobody_calls_themselves_like_a_sender_or_a_link(called, resident_user):
    given = {"display_name": called, "language": "zh-hans"}
    form = ProfileForm(resident_user, None, given)
    assert form.has_error("display_name")
    assert AccountForm({"phone": "13700000000", **given}).has_error("display_name")
    with pytest.raises(IntegrityError, match="addressed_by_a_name"), transaction.atomic():
        User.objects.filter(pk=resident_user.pk).update(display_name=called)


def test_a_dot_makes_no_link_of_a_name():
    assert clean_name("www.evil.com") == "www. evil. com"
    assert clean_name("J.R. Smith") == "J.R. Smith"
    assert not LINK.search(clean_name("evil．com"))


def test_messages_speak_of_people_by_the_register(resident_user):
    User.objects.filter(pk=resident_user.pk).update(display_name="银行客服")
    resident_user.refresh_from_db()
    assert register_name(resident_user) == resident_user.resident.full_name


def test_no_action_takes_the_name_that_somebody_chose():
    """But where accounts are kept, and shown to staff alone."""
    assert files_with("display_name", within="actions") == {
        "diedie_edu/accounts/actions/accounts.py",  # writes it
        "diedie_edu/people/actions/residents.py",
        "diedie_edu/portal/appointing/actions.py",
    }


# --- Text messages ---------------------------------------------------------------------


def hostile(kind: Kind) -> dict[str, Any]:
    """Every fact of a kind, in the words of whoever wants to be taken for somebody else."""
    words = "【银行】evil.com/x https://b.cn 13800138000 +86 755 1234 5678 [Bank]"
    names = set(re.findall(r"{(\w+)}", f"{kind.sms}{kind.title}{kind.body}"))
    facts: dict[str, Any] = dict.fromkeys(names, words)
    facts |= dict.fromkeys([f"{name}_zh" for name in names], words)
    facts |= {name: NOW.isoformat() for name in names if name.endswith("_at")}
    facts |= {name: "2026-11-30" for name in names if name.endswith("_on")}
    links = re.findall(r"{(\w+)}", kind.link)
    return facts | {name.removesuffix("_token"): 7 for name in links}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_text_message_carries_a_second_signature_a_link_or_a_number(language, settings):
    """Whatever stands in the facts of any kind. Numbers of ours and our own link may."""
    settings.PORTAL_URL = "https://portal.example"
    for kind in KINDS:
        notice = Notice(kind=kind.code, data=hostile(kind), created_at=NOW, reference=uuid4())
        text = render(notice, language, code="123456")
        said = " ".join(text.variables[name] for name in kind.variables)
        assert not re.search(r"[【】\[\]]", said), kind.code
        assert not LINK.search(said), (kind.code, said)
        assert not NUMBER_TO_RING.search(said), (kind.code, said)


def test_without_that_they_would(monkeypatch):
    monkeypatch.setattr("diedie_edu.notices.text_messages.LINK", re.compile("(?!)"))
    assert "evil.com" in TITLE.shortened("evil.com")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("4:30课堂 2026年秋季", "4:30课堂 2026年秋季"),
        ("健康讲座（3.1节）", "健康讲座（3.1节）"),
        ("电话13800138000", "电话…"),
    ],
)
def test_plain_titles_stay_as_they_are(typed, sent):
    assert TITLE.shortened(typed) == sent
    assert NAME.shortened("买合木提江·吐尔逊") == "买合木提江·吐尔逊"


# --- What one person sets off ----------------------------------------------------------

# Kinds that go to whoever did something, or for whom they did it; and those that a child's safety
# or a code needs at once. All others are counted.
CONFIRMING = {
    *("activities.seated", "activities.seated_in_series", "activities.waiting"),
    *("activities.waiting_kept", "activities.waiting_overtaken"),
    *("activities.cancelled", "happy_square.joined", "happy_square.queued", "happy_square.left"),
    *("after_school.enrolled", "after_school.queued", "portal.old_phone_waits"),
    *("portal.old_phone_done", "portal.new_phone_waits", "portal.new_phone_done"),
    *("portal.phone_stopped", "portal.erasure_asked", "portal.erasure_taken_back"),
    "notices.trial",
}


@pytest.fixture
def acting(resident_user, rf, settings):
    """A resident acts, who may set off two things an hour."""
    settings.SET_OFF_PER_ACCOUNT = settings.SET_OFF_PER_NETWORK = 2
    request = rf.post("/")
    request.user = resident_user
    setting_off.note_who_acts(request)
    yield resident_user
    setting_off.acts_for_the_house()


def test_which_kinds_are_no_calls_to_others():
    assert {kind.code for kind in KINDS if kind.confirms} == CONFIRMING


def test_every_other_kind_is_counted_where_a_resident_sets_it_off(acting, stranger):
    counted = [kind for kind in KINDS if kind.is_counted]
    assert len(counted) > 100
    for number, kind in enumerate(counted):
        moment = NOW + timedelta(hours=2 * number)
        about = {"kind": kind, "accounts": [stranger.pk], "data": {}, "now": moment}
        answers = [code_of(lambda: notify(**about, subject=f"x:{each}")) for each in range(3)]  # noqa: B023
        assert answers == [None, None, "too_much_set_off"], kind.code


def test_what_confirms_and_what_a_child_needs_goes_out_all_the_same(acting, stranger):
    for kind in KINDS:
        if not kind.is_counted:
            for each in range(3):
                notify(kind=kind, accounts=[stranger.pk], subject=f"x:{each}", data={}, now=NOW)


def test_telling_the_same_again_is_not_counted(acting, stranger):
    kind = next(kind for kind in KINDS if kind.is_counted)
    for _ in range(5):
        notify(kind=kind, accounts=[stranger.pk], subject="x:1", data={}, now=NOW)


def test_a_number_alone_is_no_way_around_it(acting):
    kind = next(kind for kind in KINDS if kind.is_counted)
    about = {"kind": kind, "phone": "13700000000", "language": "en", "subject": "x", "data": {}}
    answers = [code_of(lambda: notify_phone(**about, now=NOW)) for _ in range(3)]
    assert answers == [None, None, "too_much_set_off"]


def test_what_is_refused_is_undone_and_not_counted(acting, stranger):
    kind = next(kind for kind in KINDS if kind.is_counted)
    about = {"kind": kind, "accounts": [stranger.pk], "data": {}, "now": NOW}

    @transaction.atomic
    def three() -> None:
        for each in range(3):
            notify(**about, subject=f"x:{each}")

    assert code_of(three) == "too_much_set_off"
    assert not Notice.objects.exists()
    notify(kind=kind, accounts=[stranger.pk], subject="x:1", data={}, now=NOW)


def test_staff_and_the_clock_are_not_limited(staff_user, stranger, rf, settings):
    settings.SET_OFF_PER_ACCOUNT = 1
    request = rf.post("/")
    request.user = staff_user
    setting_off.note_who_acts(request)
    kind = next(kind for kind in KINDS if kind.is_counted)
    for each in range(3):
        notify(kind=kind, accounts=[stranger.pk], subject=f"x:{each}", data={}, now=NOW)


def test_a_request_leaves_nobody_acting_behind(client):
    client.get("/")
    assert setting_off._acting.get() is None


def test_the_page_says_so_and_nothing_has_happened(as_user, make_user, settings):
    """A leader offers the group, takes that back, offers it: each time it rings the other."""
    settings.SET_OFF_PER_ACCOUNT = 2
    leader, other = make_user(Role.RESIDENT), make_user(Role.RESIDENT)
    group = make_group()
    lead(group, leader.resident)
    member(group, other.resident)
    User.objects.filter(pk=leader.pk).update(display_name="银行客服")
    client, url = as_user(leader), f"/groups/{group.pk}/leader/"
    for _ in range(4):
        answer = client.post(f"{url}offer/", {"successor": other.resident.pk}, follow=True)
        client.post(f"{url}take-back/")
    assert "太多了" in answer.text
    assert HandOver.objects.count() == 2
    asked = Notice.objects.filter(kind="happy_square.hand_over_offered", channel="sms")
    assert asked.count() == 2
    assert "银行客服" not in render(asked[0], "zh-hans").body
