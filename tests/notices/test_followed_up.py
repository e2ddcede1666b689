"""What staff follow up: failed messages leave the list once seen to, today's calls come first; and
whoever reads marks all as read."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from after_school.messages import HANDED_OVER
from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import CANCELLED, SEATED
from diedie_edu.door.messages import FEEDBACK
from diedie_edu.notices import outbox
from diedie_edu.notices.actions import notify
from diedie_edu.notices.actions.seen import note_reached
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.queries import calls
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Resident
from happy_square.meet_up_messages import WEEK
from tests.notices.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]
TROUBLE, LIST, DESK = (
    reverse("notices:trouble"),
    reverse("notices:call_list"),
    reverse("portal:desk"),
)
ALL = {""}


@pytest.fixture
def failed(make_notice: Callable[..., Notice], now: datetime) -> Notice:
    return make_notice(status=Status.FAILED, settled_at=now)


def listed(client: Client, query: str = "") -> list[Notice]:
    return [row.notice for row in client.get(f"{TROUBLE}?{query}").context["page"]]


# --- What failed -----------------------------------------------------------------------


def test_what_was_sent_again_leaves_the_list(
    failed: Notice, staff_user: User, as_user: SignIn
) -> None:
    client = as_user(staff_user)
    assert listed(client) == [failed]
    client.post(reverse("notices:send_again", args=[failed.pk]))
    assert listed(client) == []
    assert Notice.objects.filter(again_of=failed).exists()


def test_what_was_dealt_with_is_ticked_off_and_found_again(
    failed: Notice, staff_user: User, as_user: SignIn
) -> None:
    client = as_user(staff_user)
    assert "有 1 条通知不能确定已送达" in client.get(DESK).text
    for _double_tap in range(2):
        client.post(reverse("notices:dealt_with"), {"notice": failed.pk})
    assert listed(client) == []
    assert "不能确定已送达" not in client.get(DESK).text
    assert listed(client, "status=dealt_with") == [failed]
    failed.refresh_from_db()
    assert failed.dealt_with_by == staff_user
    assert staff_user.display_name in client.get(f"{TROUBLE}?status=dealt_with").text
    client.post(reverse("notices:not_dealt_with", args=[failed.pk]))
    assert listed(client) == [failed]


def test_a_page_is_ticked_off_at_once(
    failed: Notice, make_notice: Callable[..., Notice], staff_user: User, as_user: SignIn
) -> None:
    client, other = (
        as_user(staff_user),
        make_notice(status=Status.UNKNOWN, settled_at=failed.settled_at),
    )
    sent = make_notice()
    page = client.get(TROUBLE).text
    assert page.count('name="notice"') == 4  # each alone, and both together
    client.post(reverse("notices:dealt_with"), {"notice": [failed.pk, other.pk, sent.pk, "x"]})
    assert listed(client) == []
    assert Notice.objects.get(pk=sent.pk).dealt_with_at is None


def test_whoever_was_reached_by_telephone_is_no_trouble(
    failed: Notice, staff_user: User, as_user: SignIn, now: datetime
) -> None:
    note_reached(notice=failed, by=staff_user, now=now)
    assert listed(as_user(staff_user)) == []


# --- Whom to call ----------------------------------------------------------------------


def tell(kind: Kind, person: Resident, now: datetime, days: int | None) -> None:
    """Of something that begins in so many days, or at no time."""
    facts = {name: value for name, value in FACTS.items() if name != "starts_at"}
    starts = {} if days is None else {"starts_at": (now + timedelta(days=days)).isoformat()}
    subject = f"activity:{days}"
    notify(kind=kind, recipients=[person.pk], subject=subject, data=facts | starts, now=now)
    outbox.deliver()


def test_what_begins_soonest_is_called_about_first(
    make_resident: Callable[..., Resident], staff_user: User, as_user: SignIn, now: datetime
) -> None:
    person = make_resident(full_name="无号码")
    for days in (None, 9, 1, 0, -3, 4):
        tell(SEATED, person, now, days)
    found = [line.notice.subject.split(":")[1] for line in calls.lines(ALL, now)]
    assert found[:4] == ["0", "1", "4", "9"] or found[:3] == ["1", "4", "9"]
    page = as_user(staff_user).get(LIST).context
    assert [line.notice.subject for line in page["today"]] == ["activity:1"]
    assert len(page["later"]) == 5


def test_the_desk_says_todays_calls_first_and_apart(
    make_resident: Callable[..., Resident], staff_user: User, as_user: SignIn, now: datetime
) -> None:
    soon, late = make_resident(full_name="甲"), make_resident(full_name="乙")
    tell(SEATED, soon, now, 1)
    tell(SEATED, soon, now, 9)
    tell(SEATED, late, now, 9)
    page = as_user(staff_user).get(DESK).text
    today, later = page.index("有 1 人收不到通知，今天就要"), page.index("有 1 人收不到通知，请")
    assert today < later
    assert calls.numbers_to_call(ALL, now) == (1, 1)


@pytest.mark.parametrize(
    "kind", [WEEK, FEEDBACK, CANCELLED, HANDED_OVER], ids=lambda kind: kind.code
)
def test_nobody_is_rung_for_what_is_no_reason_to_ring(
    kind: Kind, make_resident: Callable[..., Resident], now: datetime
) -> None:
    tell(kind, make_resident(full_name="无号码"), now, 1)
    assert not calls.to_call(ALL, now).exists()


# --- Reading ---------------------------------------------------------------------------


def test_all_are_read_at_once_and_the_badge_is_gone(
    make_notice: Callable[..., Notice],
    resident_user: User,
    stranger: User,
    as_user: SignIn,
    now: datetime,
) -> None:
    for user in (resident_user, resident_user, stranger):
        given = {"status": Status.DELIVERED, "settled_at": now}
        row = make_notice(user.resident, Channel.INBOX)
        Notice.objects.filter(pk=row.pk).update(**given)
        Notice.objects.filter(pk=row.pk).update(dedupe_key=str(row.pk))
    client, url = as_user(resident_user), reverse("notices:all_read")
    page = client.get(reverse("notices:inbox")).text
    assert url in page
    assert 'class="count"' in page
    client.post(url)
    page = client.get(reverse("notices:inbox")).text
    assert url not in page
    assert 'class="count"' not in page
    assert Notice.objects.filter(read_at=None).get().recipient == stranger.resident
    assert client.get(url).status_code == 405


def test_whoever_follows_the_link_signed_in_has_read_the_message(
    make_resident: Callable[..., Resident], stranger: User, as_user: SignIn, now: datetime
) -> None:
    notify(
        kind=SEATED, recipients=[stranger.resident.pk], subject="activity:7", data=FACTS, now=now
    )
    outbox.deliver()
    text = Notice.objects.get(channel="sms")
    link = f"/m/{key_of(text.reference)}"
    Client().get(link)
    assert Notice.objects.get(channel="inbox").read_at is None
    as_user(stranger).get(link)
    assert Notice.objects.get(channel="inbox").read_at is not None
