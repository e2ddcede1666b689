"""The plan's facts of the 4:30 school, what is done in its activity zone among them."""

from pathlib import Path

from after_school.models import DayTopic
from after_school.rules.terms import PROGRAMME
from diedie_edu.activities.models import ReminderTime
from diedie_edu.programmes.plan_data import load_into_empty, load_programme, read_plan

FOLDER = Path(__file__).parent / "fixtures"


def load_plan() -> None:
    plan = read_plan(FOLDER)
    if new := load_programme(PROGRAMME, FOLDER):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan["reminder_times"]
        )
    load_into_empty(DayTopic, plan["day_topics"])
