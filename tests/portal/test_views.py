"""Home, the programmes, the desk and the frame of every page."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.portal.base_data import load_plan
from diedie_edu.venues.actions.years import mark_complete
from diedie_edu.venues.models import SpecialDay
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.portal.conftest import HAPPY_SQUARE, RESIDENTS_SCHOOL
from tests.support.duties import on_duty
from tests.support.seats import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
HOME, DESK = reverse("portal:home"), reverse("portal:desk")
NEXT_SATURDAY = SATURDAY + timedelta(days=7)


def shown(client: Client, part: str) -> list[str]:
    return [lecture.title for lecture in client.get(HOME).context[part]]


# --- Home ------------------------------------------------------------------------------


def test_home_parts_this_weekend_from_later(client: Client, make_lecture: MakeLecture) -> None:
    make_lecture(title="下周", day=NEXT_SATURDAY)
    make_lecture(title="周日", day=SATURDAY + timedelta(days=1))
    assert (shown(client, "this_weekend"), shown(client, "later")) == (["周日"], ["下周"])


def test_a_weekend_ends_on_sunday_at_midnight_here(
    client: Client, make_lecture: MakeLecture
) -> None:
    """Half past seven on Monday is still Sunday in UTC."""
    make_lecture(title="周一早", day=SATURDAY + timedelta(days=2), starts=time(7, 30))
    assert (shown(client, "this_weekend"), shown(client, "later")) == ([], ["周一早"])


def test_home_leaves_out_drafts_and_what_is_off(client: Client, make_lecture: MakeLecture) -> None:
    make_lecture(state="draft")
    schedule.call_off(activity=make_lecture(), reason="台风", by=None, now=NOW)
    assert shown(client, "this_weekend") == shown(client, "later") == []


def test_home_shows_what_is_new_for_the_reader_alone(
    browser: Client, resident_user: User, stranger: User, make_lecture: MakeLecture
) -> None:
    for user in (resident_user, stranger):
        Notice.objects.create(
            dedupe_key=str(user.pk),
            kind="activities.called_off",
            subject="activity:1",
            recipient=user.resident,
            channel="inbox",
            data={"activity": 1, "title": user.display_name, "starts_at": NOW, "reason": "台风"},
            status="delivered",
            created_at=NOW,
            next_try_at=NOW,
            settled_at=NOW,
        )
    text = browser.get(HOME).text
    assert f"：{resident_user.display_name}" in text or resident_user.display_name in text
    assert stranger.display_name not in text


def test_home_is_whole_in_an_empty_database(client: Client) -> None:
    assert client.get(HOME).status_code == 200


# --- Programmes ------------------------------------------------------------------------


@pytest.mark.parametrize("slug", [RESIDENTS_SCHOOL, "after-school", HAPPY_SQUARE, "edu-base"])
def test_every_programme_has_a_page_in_both_languages(client: Client, slug: str) -> None:
    load_plan()
    url = reverse("portal:programme", args=[slug])
    chinese = client.get(url)
    client.cookies["django_language"] = "en"
    english = client.get(url)
    found = chinese.context["programme"]
    assert found.title_zh in chinese.text
    assert found.title_en in english.text.replace("&#x27;", "'")
    for lead in found.leads.all():
        assert lead.full_name in chinese.text


def test_a_programme_that_does_not_exist_answers_404(client: Client) -> None:
    assert client.get(reverse("portal:programme", args=["nowhere"])).status_code == 404


# --- The desk --------------------------------------------------------------------------


def test_the_desk_shows_today_until_sunday(
    staff: Client, make_lecture: MakeLecture, clock: object
) -> None:
    yesterday, today = make_lecture(), make_lecture(day=SATURDAY + timedelta(days=1))
    make_lecture(day=NEXT_SATURDAY)
    clock.move_to(moment(SATURDAY + timedelta(days=1), time(0, 30)))
    rows = staff.get(DESK).context["weekend"]
    assert [row.title for row in rows] == [today.title] != [yesterday.title]


def test_the_figures_leave_out_what_is_called_off(staff: Client, make_lecture: MakeLecture) -> None:
    fill(make_lecture(capacity=2), 3)
    off = make_lecture(capacity=9)
    fill(off, 5)
    schedule.call_off(activity=off, reason="台风", by=None, now=NOW)
    figures = [figure.number for figure in staff.get(DESK).context["stats"]]
    assert figures == [1, 2, 1]


def problems(client: Client) -> str:
    return "\n".join(problem.text for problem in client.get(DESK).context["problems"])


def test_the_desk_asks_for_drafts_and_missing_speakers(
    staff: Client, make_lecture: MakeLecture
) -> None:
    make_lecture(title="草稿讲座", state="draft")
    make_lecture(title="无人讲座")
    given = make_lecture(title="有人讲座")
    expert = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="专家"), kinds=["expert"]
    )
    on_duty(given.occasion, expert)
    text = problems(staff)
    assert "草稿讲座" in text
    assert "无人讲座" in text
    assert "有人讲座" not in text


def test_a_helper_alone_is_no_speaker(staff: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture(title="无人讲座")
    helper = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="帮手"), kinds=["community"]
    )
    on_duty(lecture.occasion, helper, "helper")
    assert "无人讲座" in problems(staff)


def test_a_free_speakers_slot_is_no_speaker(staff: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture(title="无人讲座")
    on_duty(lecture.occasion, None)
    assert "无人讲座" in problems(staff)


def test_from_november_the_desk_asks_for_next_years_days_off(
    staff: Client, staff_user: User
) -> None:
    SpecialDay.objects.create(day=date(2027, 2, 14), kind="working")
    assert "2027" in problems(staff)
    mark_complete(year=2027, by=staff_user, now=NOW)
    assert "2027" not in problems(staff)


def trouble() -> None:
    person = Resident.objects.create(full_name="街坊", phone="13900000009")
    Notice.objects.create(
        dedupe_key="x",
        kind="activities.called_off",
        subject="activity:1",
        recipient=person,
        channel="sms",
        status="failed",
        created_at=NOW,
        next_try_at=NOW,
        settled_at=NOW,
    )


def test_the_desk_tells_of_messages_that_did_not_arrive(staff: Client) -> None:
    before = len(staff.get(DESK).context["problems"])
    trouble()
    after = staff.get(DESK).context["problems"]
    assert len(after) == before + 1
    assert after[0].url == reverse("notices:trouble")


# --- Every page offers only doors that open --------------------------------------------

ROLES = [
    [Role.RESIDENT],
    [Role.VOLUNTEER],
    [Role.GROUP_LEADER],
    [Role.STAFF],
    [Role.BRANCH_LEAD],
    [Role.PROGRAMME_LEAD, RESIDENTS_SCHOOL],
    [Role.PROGRAMME_LEAD, HAPPY_SQUARE],
]
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


@pytest.mark.parametrize("role", ROLES, ids=lambda role: "-".join(role))
def test_no_link_on_a_page_leads_to_a_closed_door(
    as_user: Callable[[User], Client],
    make_user: Callable[..., User],
    make_lecture: MakeLecture,
    role: list[str],
) -> None:
    load_plan()
    trouble()
    fill(make_lecture(capacity=1), 2)
    make_lecture(state="draft")
    client = as_user(make_user(role[0], scope="".join(role[1:])))
    for page in (HOME, reverse("portal:my_page"), DESK, reverse("residents_school:lecture_list")):
        answer = client.get(page, follow=True)
        links = set(LINK.findall(answer.text)) if answer.status_code == 200 else set()
        answers = {link: client.get(link.replace("&amp;", "&")).status_code for link in links}
        assert {link: code for link, code in answers.items() if code not in (200, 302)} == {}


# --- The frame -------------------------------------------------------------------------


def test_the_elder_view_stays_chosen(client: Client) -> None:
    answer = client.post(reverse("portal:view_mode"), {"mode": "elder", "next": "/lectures/"})
    assert answer.url == "/lectures/"
    assert client.get(HOME).context["view_mode"] == "elder"
    client.post(reverse("portal:view_mode"), {"mode": "standard"})
    assert client.get(HOME).context["view_mode"] == "standard"


@pytest.mark.parametrize("mode", ["", "huge", "elder\r\nSet-Cookie: x=y"])
def test_a_view_that_does_not_exist_is_not_kept(client: Client, mode: str) -> None:
    answer = client.post(reverse("portal:view_mode"), {"mode": mode})
    assert answer.status_code == 302
    assert "view" not in client.cookies
    client.cookies["view"] = mode.split("\r")[0]
    assert client.get(HOME).context["view_mode"] in ("standard", "elder")


def test_the_way_back_never_leaves_the_portal(client: Client) -> None:
    answer = client.post(reverse("portal:view_mode"), {"mode": "elder", "next": "//evil.example"})
    assert answer.url == HOME
