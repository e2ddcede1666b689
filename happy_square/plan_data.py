"""The plan's facts of Happy Square: what groups do, and when their members are reminded."""

from pathlib import Path

from diedie_edu.activities.models import ReminderTime
from diedie_edu.programmes.plan_data import folder_of, load_into_empty, load_programme, read_plan
from diedie_edu.programmes.plan_shape import PROGRAMME as EVERY
from diedie_edu.programmes.plan_shape import TITLED, Of, Shape
from happy_square.models import GroupKind
from happy_square.models.groups import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"
MORE: Shape = {
    "group_kinds": Of(list, is_needed=True, each={**TITLED, "place": Of(int, is_needed=True)})
}


def load_plan() -> None:
    folder = folder_of(PROGRAMME, FOLDER)
    plan = read_plan(folder, {**EVERY, **MORE})
    if new := load_programme(PROGRAMME, folder, MORE):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in plan.get("reminder_times", [])
        )
    load_into_empty(GroupKind, plan["group_kinds"])
