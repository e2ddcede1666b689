"""The plan's facts of Happy Square: what groups do, and when their members are reminded."""

from pathlib import Path

from diedie_edu.activities.models import ReminderTime
from diedie_edu.programmes.plan_data import load_into_empty, load_programme, read_plan
from happy_square.models import GroupKind
from happy_square.models.groups import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"


def load_plan() -> None:
    plan = read_plan(FOLDER)
    if new := load_programme(PROGRAMME, FOLDER):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan["reminder_times"]
        )
    load_into_empty(GroupKind, plan["group_kinds"])
