"""Copies, drafts that are put away, slips that are taken back, words of what is over."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.rules.working import UNDO
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Topic
from residents_school.actions.wishes import make_wish
from residents_school.models import Lecture, LectureSeries, Survey, Wish
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import refused_by
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Make = Callable[..., Lecture]
LIST = "/lectures/staff/"


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def press(staff: Client, name: str, lecture: Lecture) -> str:
    door = reverse(f"residents_school:{name}", args=[lecture.pk])
    return staff.post(door, follow=True).text


def state(lecture: Lecture) -> tuple[str, bool]:
    row = Lecture.objects.get(pk=lecture.pk)
    return row.state, row.is_dropped


# --- Copies ----------------------------------------------------------------------------


def test_a_copy_of_a_lecture_begins_with_its_words_and_without_its_day(
    staff: Client, make_lecture: Make
) -> None:
    lecture = make_lecture(title="剪纸入门", outline="带剪刀", capacity=12)
    page = reverse("residents_school:lecture_create")
    form = staff.get(f"{page}?copy={lecture.pk}").context["form"]
    told = {name: form.initial.get(name) for name in ("title", "outline", "capacity", "venue")}
    assert told == {
        "title": "剪纸入门",
        "outline": "带剪刀",
        "capacity": 12,
        "venue": lecture.occasion.venue_id,
    }
    assert "day" not in form.initial
    assert staff.get(f"{page}?copy=0").status_code == 200


def test_a_copy_of_a_series_and_of_a_survey(staff: Client, make_lecture: Make) -> None:
    rule = {"weeks": 6, "weekdays": [7], "on_clash": "move", "starts": "09:00", "ends": "10:00"}
    series = LectureSeries.objects.create(title="系列", first_day=SATURDAY, **rule)
    make_lecture(title="系列", series=series)
    page = reverse("residents_school:season_create")
    form = staff.get(f"{page}?copy={series.pk}").context["form"]
    assert (form.initial["weeks"], form.initial["weekdays"]) == (6, [7])
    days = {"opens_on": date(2026, 11, 1), "closes_on": date(2026, 11, 8)}
    survey = Survey.objects.create(title="今冬想学什么", forms=["online"], **days)
    survey.offers.create(topic=Topic.objects.get(), number=1)
    page = reverse("residents_school:survey_create")
    form = staff.get(f"{page}?copy={survey.pk}").context["form"]
    assert form.initial["topics"] == [Topic.objects.get().pk]
    assert (form.initial["title"], form.initial["forms"]) == ("今冬想学什么", ["online"])
    assert "opens_on" not in form.initial


def test_a_season_comes_again_so_many_weeks_later_as_drafts(
    staff: Client, make_lecture: Make
) -> None:
    first, second = make_lecture(title="一"), make_lecture(SATURDAY + timedelta(days=8), title="二")
    make_lecture(SATURDAY + timedelta(weeks=3), venue=first.occasion.venue, title="占着")
    page = reverse("residents_school:season_copy")
    days = {"first": SATURDAY, "last": SATURDAY + timedelta(days=13)}
    days["new_first"] = SATURDAY + timedelta(weeks=3, days=1)
    shown = staff.post(page, days)
    assert [row.planned.is_held for row in shown.context["rows"]] == [False, True]
    assert "占着" in shown.text
    kept = [row.planned.key for row in shown.context["rows"] if row.planned.is_held]
    staff.post(page, days | {"kept": kept, "save": "1"})
    again = Lecture.objects.get(title="二", state="draft")
    assert again.occasion.starts_at == second.occasion.starts_at + timedelta(weeks=3)
    assert again.occasion.venue == second.occasion.venue


def test_a_season_that_changed_meanwhile_is_not_copied(staff: Client, make_lecture: Make) -> None:
    lecture = make_lecture()
    days = {"first": SATURDAY, "last": SATURDAY, "new_first": SATURDAY + timedelta(weeks=1)}
    page = reverse("residents_school:season_copy")
    [row] = staff.post(page, days).context["rows"]
    make_lecture(SATURDAY + timedelta(weeks=1), venue=lecture.occasion.venue)
    answer = staff.post(page, days | {"kept": [row.planned.key], "save": "1"})
    assert answer.context["refusal"].code == "changed"
    assert Lecture.objects.count() == 2


# --- Drafts ----------------------------------------------------------------------------


def test_a_draft_is_put_away_and_restored_with_its_room(staff: Client, make_lecture: Make) -> None:
    draft = make_lecture(state="draft", title="草稿甲")
    press(staff, "lecture_delete", draft)
    assert state(draft) == ("called_off", True)
    assert "草稿甲" not in staff.get(LIST).text
    assert "草稿甲" in staff.get(f"{LIST}?when=deleted").text
    press(staff, "lecture_restore", draft)
    assert state(draft) == ("draft", False)
    assert not draft.occasions.get().is_called_off


def test_a_draft_whose_room_was_taken_stays_put_away(staff: Client, make_lecture: Make) -> None:
    draft = make_lecture(state="draft")
    press(staff, "lecture_delete", draft)
    make_lecture(venue=draft.occasion.venue, title="后来的")
    assert "后来的" in press(staff, "lecture_restore", draft)
    assert state(draft) == ("called_off", True)


def test_what_residents_know_of_is_not_deleted(staff: Client, make_lecture: Make) -> None:
    lecture = make_lecture()
    assert "请改为取消" in press(staff, "lecture_delete", lecture)
    assert state(lecture) == ("published", False)


def test_a_survey_is_put_away_and_restored(staff: Client) -> None:
    days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 8)}
    survey = Survey.objects.create(title="草稿卷", **days)
    page = reverse("residents_school:survey_list")
    staff.post(reverse("residents_school:survey_delete", args=[survey.pk]))
    assert "草稿卷" not in staff.get(page).text
    assert "草稿卷" in staff.get(f"{page}?when=deleted").text
    staff.post(reverse("residents_school:survey_restore", args=[survey.pk]))
    Survey.objects.update(is_published=True)
    staff.post(reverse("residents_school:survey_delete", args=[survey.pk]))
    assert "草稿卷" in staff.get(page).text


def test_only_drafts_of_surveys_are_put_away() -> None:
    days = {"opens_on": SATURDAY, "closes_on": SATURDAY}
    with refused_by("only_drafts_of_surveys_are_put_away"):
        Survey.objects.create(title="卷", is_published=True, deleted_at=NOW, **days)


# --- Slips -----------------------------------------------------------------------------


def test_an_announcement_is_taken_back_before_anybody_heard(
    staff: Client, make_lecture: Make, make_resident: Callable[..., Resident]
) -> None:
    draft = make_lecture(state="draft")
    make_wish(resident=make_resident(), topic=draft.topic, now=NOW)
    press(staff, "announce", draft)
    assert {row.next_try_at for row in Notice.objects.all()} == {NOW + UNDO}
    press(staff, "announcement_back", draft)
    assert state(draft) == ("draft", False)
    assert not Notice.objects.exists()
    assert Wish.objects.get().answered_by is None
    press(staff, "announce", draft)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("way", ["told", "signed up"])
def test_what_somebody_heard_of_stays_announced(
    staff: Client, make_lecture: Make, make_resident: Callable[..., Resident], way: str
) -> None:
    draft, person = make_lecture(state="draft"), make_resident()
    make_wish(resident=person, topic=draft.topic, now=NOW)
    press(staff, "announce", draft)
    if way == "told":
        Notice.objects.filter(channel="sms").update(status="sent", settled_at=NOW)
    else:
        enter(Lecture.objects.get(pk=draft.pk), person)
    press(staff, "announcement_back", draft)
    assert state(draft) == ("published", False)


def test_a_calling_off_by_mistake_is_as_if_it_had_never_been(
    staff: Client, make_lecture: Make, clock: object
) -> None:
    lecture = make_lecture()
    fill(lecture, 2)
    clock.shift(60)  # type: ignore[attr-defined]
    door = reverse("residents_school:call_off", args=[lecture.pk])
    staff.post(door, {"reason": "点错了"})
    change = reverse("residents_school:lecture_change", args=[lecture.pk])
    assert "照常举行" in staff.get(change).text
    assert "不会发出任何通知" in press(staff, "lecture_hold", lecture)
    assert state(lecture) == ("published", False)
    kinds = set(Notice.objects.values_list("kind", "status"))
    assert kinds == {("activities.seated", "queued")}


def test_later_everybody_hears_that_it_takes_place(staff: Client, make_lecture: Make) -> None:
    lecture = make_lecture()
    fill(lecture, 2)
    staff.post(reverse("residents_school:call_off", args=[lecture.pk]), {"reason": "台风"})
    Notice.objects.filter(kind="activities.called_off").update(status="sent", settled_at=NOW)
    text = press(staff, "lecture_hold", lecture)
    assert "正在通知 2 人" in text, text.split("<main")[1][:1500]
    assert Notice.objects.filter(kind="activities.held_again", channel="inbox").count() == 2


# --- What is over ----------------------------------------------------------------------


def test_of_what_is_over_the_words_alone_are_put_right(staff: Client, make_lecture: Make) -> None:
    lecture = make_lecture(date(2026, 11, 21), title="讲坐")
    page = reverse("residents_school:lecture_change", args=[lecture.pk])
    shown = staff.get(page)
    call_off = reverse("residents_school:call_off", args=[lecture.pk])
    assert call_off not in shown.text
    assert "day" not in shown.context["form"].fields
    sent = {"title": "讲座", "summary": "", "outline": "修", "opened": ""}
    sent["opened"] = shown.context["form"]["opened"].value()
    staff.post(page, sent)
    lecture.refresh_from_db()
    assert (lecture.title, lecture.outline) == ("讲座", "修")
    assert lecture.occasion.booking.purpose == "讲座"
    assert not Notice.objects.exists()


def test_wishers_get_a_word(
    staff: Client, topic: Topic, make_resident: Callable[..., Resident], programme: object
) -> None:
    make_wish(resident=make_resident(), topic=topic, now=NOW)
    page = reverse("residents_school:word_to_wishers", args=[topic.pk])
    assert staff.get(page).status_code == 200
    key = staff.get(page).context["form"].initial["key"]
    form = {"text": "十二月开课，请留意。", "key": key}
    assert len(staff.post(page, form).context["reach"].people) == 1
    for _time in range(2):
        staff.post(page, form | {"send": "1"})
    assert Notice.objects.filter(kind="activities.word", channel="inbox").count() == 1
