"""The plan's facts of the residents' school, its topics among them."""

from pathlib import Path

from diedie_edu.activities.models import ReminderTime
from diedie_edu.people.models import Topic, TopicArea
from diedie_edu.programmes.plan_data import Facts, load_programme, read_plan
from residents_school.rules.lectures import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"


def load_plan() -> None:
    plan = read_plan(FOLDER)
    if new := load_programme(PROGRAMME, FOLDER):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan["reminder_times"]
        )
    if not TopicArea.objects.exists():
        for position, facts in enumerate(plan["topic_areas"]):
            _load_topics(facts, position)


def _load_topics(facts: Facts, position: int) -> None:
    area = TopicArea.objects.create(
        slug=facts["slug"],
        title_zh=facts["title_zh"],
        title_en=facts["title_en"],
        position=position,
    )
    for place, (title_zh, title_en) in enumerate(facts["topics"]):
        Topic.objects.create(area=area, title_zh=title_zh, title_en=title_en, position=place)
