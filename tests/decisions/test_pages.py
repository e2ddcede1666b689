"""The pages of those who decide and of those who ask."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.common.crypto import seal
from diedie_edu.decisions.actions import erasing
from diedie_edu.decisions.forms import sealed
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Deputy, Request, State
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.decisions.conftest import decide
from tests.decisions.paint.room import OPENED, PAINTING
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def desk(as_user, lead):
    return as_user(lead)


@pytest.fixture
def own(as_user, asker):
    return as_user(asker)


@pytest.fixture
def many(ask, make_venue):
    names = count()
    return lambda number: [ask(make_venue(title_zh=f"red {next(names)}")) for _one in range(number)]


def page_of(request: Request, view: str = "one") -> str:
    return reverse(f"decisions:{view}", args=[request.pk])


def seen_on(client, request: Request) -> str:
    """What the page keeps, sealed, of the content that it shows."""
    page = client.get(page_of(request)).text
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


# --- Deciding --------------------------------------------------------------------------


def test_what_waits_stands_on_the_desk_and_in_its_list(desk, request_, as_user, staff_user):
    for client in (desk, as_user(staff_user)):
        assert "有 1 项申请等您审批" in client.get(reverse("portal:desk")).text
        assert "in green" in client.get(reverse("decisions:waiting")).text


def test_what_is_late_is_red(desk, request_, clock):
    clock.move_to(NOW + timedelta(days=4))
    assert "其中 1 项已过期" in desk.get(reverse("portal:desk")).text
    assert "已过期" in desk.get(reverse("decisions:waiting")).text


def test_it_is_shown_with_all_that_is_asked_and_looking_is_noted(desk, request_, lead):
    page = desk.get(page_of(request_)).text
    for words in ("Painting a hall", "green", "Buckets", "Last painted in 2019", "批准"):
        assert words in page
    assert [(request_.subject, lead)] == OPENED


def test_it_is_decided_by_one_button(desk, request_):
    answer = desk.post(
        page_of(request_, "decide"), {"what": "approved", "seen": seen_on(desk, request_)}
    )
    assert answer.url == reverse("decisions:waiting")
    assert Request.objects.get().state == State.APPROVED
    past = desk.get(reverse("decisions:waiting") + "?decided").text
    assert "in green" in past
    assert "已批准" in desk.get(page_of(request_)).text


def test_what_changed_meanwhile_is_shown_beside_what_was_seen(desk, request_, hall):
    seen = seen_on(desk, request_)
    Venue.objects.filter(pk=hall.pk).update(title_zh="black")
    typed = {"what": "refused", "reason": "Too green", "seen": seen}
    page = desk.post(page_of(request_, "decide"), typed).text
    assert "内容有改动" in page
    assert re.search(r"<strong>black</strong>.*<s>green</s>", page, re.S)
    assert "It is dark" in page
    assert "Too green</textarea>" in page
    assert Request.objects.get().is_waiting
    anew = re.search(r'name="seen" value="([^"]+)"', page)[1]
    desk.post(page_of(request_, "decide"), typed | {"seen": anew})
    assert Request.objects.get().state == State.REFUSED


@pytest.mark.parametrize(
    "seen",
    ["", "nonsense", seal("words"), "of another"],
    ids=["nothing", "nonsense", "sealed words", "of another"],
)
def test_nothing_is_decided_on_what_was_not_shown(desk, request_, many, seen):
    if seen == "of another":
        seen = seen_on(desk, many(1)[0])
    desk.post(page_of(request_, "decide"), {"what": "approved", "seen": seen})
    assert Request.objects.get(pk=request_.pk).is_waiting


def test_what_was_changed_since_it_was_returned_is_marked(desk, request_, ask, hall, lead):
    decide(request_, State.RETURNED, lead, reason="Not green")
    Venue.objects.filter(pk=hall.pk).update(title_zh="blue")
    ask()
    page = desk.get(page_of(request_)).text
    assert re.search(r"<strong>blue</strong>.*<s>green</s>", page, re.S)
    assert "Not green" in page


def test_what_was_erased_can_still_be_opened(desk, request_, lead, own):
    decide(request_, State.APPROVED, lead)
    OPENED.clear()
    erasing.erase(kind=PAINTING, subjects=[request_.subject], by=None, now=NOW)
    for client, view in ((desk, "one"), (own, "own")):
        page = client.get(page_of(request_, view)).text
        assert "内容已删除" in page
        assert "green" not in page
    assert "内容已删除" in desk.get(reverse("decisions:waiting") + "?decided").text
    assert OPENED == []


def test_whoever_may_not_decide_finds_nothing(as_user, make_user, request_, staff_user, ask):
    other = as_user(make_user("programme_lead", scope="after-school"))
    assert other.get(page_of(request_)).status_code == 404
    assert other.post(page_of(request_, "decide"), {"what": "approved"}).status_code == 404
    assert "in green" not in other.get(reverse("decisions:waiting")).text


def test_the_own_is_not_in_the_list(ask, make_venue, staff_user, as_user):
    row = ask(make_venue(title_zh="red"), by=staff_user)
    client = as_user(staff_user)
    assert "in red" not in client.get(reverse("decisions:waiting")).text
    assert client.get(page_of(row)).status_code == 404


# --- Several together ------------------------------------------------------------------


def test_several_are_looked_at_and_decided_together(desk, many):
    rows = many(3)
    chosen = {"chosen": [row.pk for row in rows[:2]]}
    preview = desk.post(reverse("decisions:batch"), chosen).text
    assert "red 0" in preview
    assert "red 2" not in preview
    seen = dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', preview))
    Venue.objects.filter(pk=rows[1].subject).update(places=77)
    page = desk.post(reverse("decisions:batch"), chosen | seen | {"what": "approved"}).text
    assert "1 项已审批" in page
    assert "内容有改动" in page
    assert "<strong>77</strong>" in page
    assert "red 0" not in page
    states = [Request.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.APPROVED, State.SUBMITTED, State.SUBMITTED]


def test_a_no_to_several_needs_a_reason(desk, many):
    rows = many(2)
    chosen = {"chosen": [row.pk for row in rows]} | {
        f"seen-{row.pk}": sealed(row, shown_now(row)) for row in rows
    }
    page = desk.post(reverse("decisions:batch"), chosen | {"what": "refused"}).text
    assert "请写明原因" in page
    assert not Request.objects.filter(state=State.REFUSED).exists()
    answer = desk.post(reverse("decisions:batch"), chosen | {"what": "refused", "reason": "No"})
    assert answer.url == reverse("decisions:waiting")
    assert Request.objects.filter(state=State.REFUSED).count() == 2


def test_nothing_chosen_leads_back(desk):
    assert desk.post(reverse("decisions:batch")).url == reverse("decisions:waiting")


# --- Deputies --------------------------------------------------------------------------


def test_a_lead_names_a_deputy_who_then_finds_what_waits(desk, lead, make_user, as_user, request_):
    other = make_user("programme_lead", scope="after-school")
    today = NOW.date()
    form = {"account": lead.pk, "deputy": other.pk, "first_day": today, "last_day": today}
    assert desk.post(reverse("decisions:deputies"), form).status_code == 302
    client = as_user(other)
    assert "in green" in client.get(reverse("decisions:waiting")).text
    seen = {"seen": seen_on(client, request_)}
    client.post(page_of(request_, "decide"), {"what": "approved"} | seen)
    assert f"代{lead}" in desk.get(page_of(request_)).text
    desk.post(reverse("decisions:deputy_end", args=[Deputy.objects.get().pk]))
    assert "in green" not in client.get(reverse("decisions:waiting")).text


def test_nobody_but_who_keeps_accounts_names_one_for_others(desk, staff_user, make_user, as_user):
    today = NOW.date()
    form = {"deputy": staff_user.pk, "first_day": today, "last_day": today}
    away = make_user("programme_lead", scope="after-school")
    desk.post(reverse("decisions:deputies"), form | {"account": away.pk})
    assert not Deputy.objects.exists()
    branch = as_user(make_user("branch_lead"))
    branch.post(reverse("decisions:deputies"), form | {"account": away.pk})
    assert Deputy.objects.get().account == away


# --- Asking ----------------------------------------------------------------------------


def test_whoever_asked_sees_how_it_stands_and_no_names(own, request_, lead, asker):
    lead.display_name = "赵主任"
    lead.save(update_fields=["display_name"])
    assert "Painting a hall" in own.get(reverse("portal:my_page")).text
    assert "最迟2026年11月26日" in own.get(page_of(request_, "own")).text
    decide(request_, State.RETURNED, lead, reason="Which green?")
    page = own.get(page_of(request_, "own")).text
    assert "Which green?" in page
    assert f"/halls/{request_.subject}/" in page
    assert "Last painted" not in page
    assert "赵主任" not in page


def test_it_is_taken_back_after_a_question(own, request_):
    assert own.get(page_of(request_, "withdraw")).status_code == 200
    assert Request.objects.get().is_waiting
    own.post(page_of(request_, "withdraw"))
    assert Request.objects.get().state == State.WITHDRAWN
    assert "已撤回" in own.get(page_of(request_, "own")).text


def test_other_peoples_requests_are_not_there(as_user, stranger, request_):
    client = as_user(stranger)
    for view in ("own", "withdraw"):
        assert client.get(page_of(request_, view)).status_code == 404
    assert "Painting" not in client.get(reverse("decisions:mine")).text


def test_what_was_answered_leaves_my_page_after_a_month(own, request_, lead, clock):
    decide(request_, State.APPROVED, lead)
    assert "Painting a hall" in own.get(reverse("portal:my_page")).text
    clock.move_to(NOW + timedelta(days=31))
    assert "Painting a hall" not in own.get(reverse("portal:my_page")).text
    assert "Painting a hall" in own.get(reverse("decisions:mine")).text


# --- The number of queries -------------------------------------------------------------


def test_lists_take_as_many_queries_for_one_as_for_many(desk, own, many, lead, asker, make_user):
    pages = [
        (desk, reverse("decisions:waiting")),
        (desk, reverse("portal:desk")),
        (own, reverse("decisions:mine")),
        (own, reverse("portal:my_page")),
    ]
    days = {"first_day": NOW.date(), "last_day": NOW.date(), "named_at": NOW}

    def more(number: int) -> list[int]:
        many(number)
        for _number in range(number):
            away = make_user("programme_lead", scope="after-school")
            Deputy.objects.create(account=away, deputy=lead, named_by=away, **days)
        return [queries_of(*page) for page in pages]

    assert more(1) == more(6)


def test_the_preview_of_many_takes_no_more_than_that_of_one(desk, many):
    rows = many(6)

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as found:
            chosen = [row.pk for row in rows[:number]]
            assert desk.post(reverse("decisions:batch"), {"chosen": chosen}).status_code == 200
        return len(found)

    queries(1)
    assert queries(1) == queries(6)
