"""The plan's facts as they are loaded, and what staff made of them."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db.models import Model

from diedie_edu.activities.models import ReminderTime
from diedie_edu.people.models import Organisation, Topic, TopicArea, VolunteerKind
from diedie_edu.portal.base_data import load_plan
from diedie_edu.programmes.models import Lead, Programme, Responsibility, Statement
from diedie_edu.venues.models import Venue

pytestmark = pytest.mark.django_db

DUTIES = {
    "residents-school": {"liaison", "carry_out", "budget", "plan", "publicity", "summary"},
    "after-school": {"liaison", "carry_out", "budget", "plan", "rules", "publicity", "summary"},
    "happy-square": {"liaison", "monitor", "budget", "publicity", "summary"},
    "edu-base": {"liaison"},
}
LEADS = {
    "residents-school": ["陈建城", "王洪斌", "陈巧容", "唐芸"],
    "after-school": ["熊振伟", "赵广健", "陈应海", "黄志勇"],
    "happy-square": ["赵广健", "陈应海", "黄伟"],
    "edu-base": ["李功网", "邹晔", "陈晖", "张淑冰"],
}
TOPICS = {
    "就业技能": "家政技能 机电操作与维修 宾馆服务 工商经营",
    "素质教育": "早期教育 艺术教育 外语培训 思想道德 法律法规 乡土地理和历史文化 文明礼仪 "
    "交通和消防 家庭理财 家庭教育",
    "身心健康": "儿童保健 青春期健康 心理健康 中老年健康 妇女保健 营养与保健 健美健身",
    "休闲娱乐": "书法 绘画 摄影 声乐 器乐 舞蹈 体育 花草种植 宠物饲养 插花艺术",
}
LOADED = [
    *(Programme, Statement, Lead, Responsibility, TopicArea, Topic),
    *(Organisation, Venue, ReminderTime),
]


@pytest.fixture(autouse=True)
def plan(db: None) -> None:
    load_plan()


def everything() -> dict[type[Model], list[dict]]:
    return {model: list(model.objects.order_by("pk").values()) for model in LOADED}


def test_four_programmes_in_the_plans_order() -> None:
    assert list(Programme.objects.values_list("slug", flat=True)) == list(DUTIES)


def test_fifteen_posts_held_by_thirteen_people() -> None:
    names = list(Lead.objects.values_list("full_name", flat=True))
    assert (len(names), len(set(names))) == (15, 13)
    twice = {name for name, posts in Counter(names).items() if posts == 2}
    assert twice == {"赵广健", "陈应海"}


@pytest.mark.parametrize("slug", LEADS)
def test_each_programme_has_its_leads(slug: str) -> None:
    leads = Lead.objects.filter(programme__slug=slug).order_by("position")
    assert [row.full_name for row in leads] == LEADS[slug]


@pytest.mark.parametrize("slug", DUTIES)
def test_each_programme_carries_its_own_duties(slug: str) -> None:
    works = Responsibility.objects.filter(programme__slug=slug).values_list("work", flat=True)
    assert set(works) >= DUTIES[slug]
    assert ("rules" in works) == (slug == "after-school")
    assert ("monitor" in works) == (slug == "happy-square")
    assert ("carry_out" in works) == ("carry_out" in DUTIES[slug])


def test_the_base_leaves_budget_and_plan_to_the_party_committee() -> None:
    works = Responsibility.objects.filter(programme__slug="edu-base").values_list("work", flat=True)
    assert not {"budget", "plan", "rules", "summary"} & set(works)


def test_thirty_one_topics_in_four_areas() -> None:
    found = {
        area.title_zh: " ".join(topic.title_zh for topic in area.topics.order_by("position"))
        for area in TopicArea.objects.all()
    }
    assert found == TOPICS
    assert [len(names.split()) for names in found.values()] == [4, 10, 7, 10]


def test_everything_has_both_languages() -> None:
    for model in (Programme, TopicArea, Topic, Venue):
        assert not model.objects.filter(title_en="").exists()
    assert not Statement.objects.filter(text_en="").exists()
    for row in Responsibility.objects.all():
        assert bool(row.note_zh) == bool(row.note_en)


def test_every_statement_names_its_clause() -> None:
    for statement in Statement.objects.all():
        assert statement.clause[0] in "二三四五六"


def test_the_two_rooms_of_the_afternoon_school_are_there() -> None:
    assert {"图书室", "活动室"} <= set(Venue.objects.values_list("title_zh", flat=True))


def test_a_lecture_is_reminded_of_on_the_eve_at_six_and_two_hours_before() -> None:
    seated = ReminderTime.objects.filter(programme__slug="residents-school", audience="seated")
    eve = seated.get(days_before=1)
    assert f"{eve.at_time:%H:%M}" == "18:00"
    assert seated.get(minutes_before=120).is_on
    assert all({"inbox", "sms"} <= set(row.channels) for row in seated)


def test_the_named_volunteer_kinds_can_be_chosen() -> None:
    labels = {str(kind.label) for kind in VolunteerKind}
    assert {"学生党员", "离退休党员"} <= labels


def test_loading_twice_changes_nothing() -> None:
    before = everything()
    load_plan()
    assert everything() == before


CHANGES: list[Callable[[], object]] = [
    lambda: Programme.objects.update(summary_zh="新", title_zh="新"),
    lambda: Statement.objects.first().delete(),
    lambda: Lead.objects.filter(full_name="唐芸").update(full_name="唐云"),
    lambda: Lead.objects.filter(position=0).delete(),
    lambda: Responsibility.objects.filter(work="budget").delete(),
    lambda: TopicArea.objects.update(title_zh="新"),
    lambda: TopicArea.objects.filter(slug="leisure").update(slug="free-time"),
    lambda: Topic.objects.filter(title_zh="书法").update(title_zh="毛笔书法", is_offered=False),
    lambda: Topic.objects.filter(title_zh="书法").delete(),
    lambda: Venue.objects.filter(title_zh="图书室").update(title_zh="新图书室", places=99),
    lambda: Venue.objects.filter(title_zh="图书室").delete(),
    lambda: Organisation.objects.update(note="新", contact="新"),
    lambda: Organisation.objects.filter(title="书法协会").update(title="叠二书法协会"),
    lambda: ReminderTime.objects.filter(days_before=1).update(days_before=2),
    lambda: ReminderTime.objects.filter(days_before=1).delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_staff_changed_stays_changed(change: Callable[[], object]) -> None:
    change()
    changed = everything()
    load_plan()
    assert everything() == changed
