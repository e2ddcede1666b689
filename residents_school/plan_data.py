"""The plan's facts of the residents' school, its topics among them."""

from pathlib import Path

from diedie_edu.activities.models import ReminderTime
from diedie_edu.people.models import Topic, TopicArea
from diedie_edu.programmes.plan_data import Facts, folder_of, load_programme, read_plan
from diedie_edu.programmes.plan_shape import NEEDED, TEXT, TITLED, Of, Shape
from diedie_edu.programmes.plan_shape import PROGRAMME as EVERY
from residents_school.rules.lectures import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"
MORE: Shape = {
    "topic_areas": Of(
        list,
        is_needed=True,
        each={
            "slug": NEEDED,
            **TITLED,
            "topics": Of(list, is_needed=True, each=Of(list, each=TEXT)),
        },
    )
}


def load_plan() -> None:
    folder = folder_of(PROGRAMME, FOLDER)
    plan = read_plan(folder, {**EVERY, **MORE})
    if new := load_programme(PROGRAMME, folder, MORE):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan.get("reminder_times", [])
        )
    if not TopicArea.objects.exists():
        for position, facts in enumerate(plan["topic_areas"]):
            _load_topics(facts, position)


def _load_topics(facts: Facts, position: int) -> None:
    area = TopicArea.objects.create(
        slug=facts["slug"],
        title_zh=facts["title_zh"],
        title_en=facts.get("title_en", ""),
        position=position,
    )
    for place, (title_zh, title_en) in enumerate(facts["topics"]):
        Topic.objects.create(area=area, title_zh=title_zh, title_en=title_en, position=place)
