"""The plan's facts of the 4:30 school, what is done in its activity zone among them."""

from pathlib import Path

from after_school.models import DayTopic
from after_school.rules.terms import PROGRAMME
from diedie_edu.activities.models import ReminderTime
from diedie_edu.programmes.plan_data import folder_of, load_into_empty, load_programme, read_plan
from diedie_edu.programmes.plan_shape import PROGRAMME as EVERY
from diedie_edu.programmes.plan_shape import TITLED, Of, Shape

FOLDER = Path(__file__).parent / "fixtures"
MORE: Shape = {
    "day_topics": Of(list, is_needed=True, each={**TITLED, "position": Of(int, is_needed=True)})
}


def load_plan() -> None:
    folder = folder_of(PROGRAMME, FOLDER)
    plan = read_plan(folder, {**EVERY, **MORE})
    if new := load_programme(PROGRAMME, folder, MORE):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan.get("reminder_times", [])
        )
    load_into_empty(DayTopic, plan["day_topics"])
