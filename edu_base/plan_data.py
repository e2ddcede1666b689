"""The plan's facts of the education base: its schemes with target and places, and their classes."""

from datetime import date
from pathlib import Path
from typing import Any

from diedie_edu.activities.models import ReminderTime
from diedie_edu.common.days import local_day, local_now
from diedie_edu.programmes.plan_data import folder_of, load_programme, read_plan
from diedie_edu.programmes.plan_shape import NEEDED, NUMBER, TEXT, TITLED, Of, Shape
from diedie_edu.programmes.plan_shape import PROGRAMME as EVERY
from edu_base.models import Intake, Milestone, Scheme, SchemeYear
from edu_base.models.schemes import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"
MORE: Shape = {
    "milestones": Of(list, is_needed=True, each={**TITLED, "starts_on": NEEDED, "due_on": NEEDED}),
    "schemes": Of(
        list,
        is_needed=True,
        each={
            "scheme": Of(is_needed=True, words=tuple(Scheme.values)),
            "target": Of(int, is_needed=True),
            "places": Of(int, is_needed=True),
            "intakes": Of(
                list,
                is_needed=True,
                each={
                    **TITLED,
                    "opens_on": NEEDED,
                    "closes_on": NEEDED,
                    "age_counts_on": TEXT,
                    "min_age": NUMBER,
                    "max_age": NUMBER,
                    "schoolings": Of(list, each=TEXT),
                    "belongings": Of(list, each=TEXT),
                    "residence_proof": TEXT,
                    "study_years": TEXT,
                },
            ),
        },
    ),
}
DAYS = ("opens_on", "closes_on", "age_counts_on", "starts_on", "due_on")


def load_plan() -> None:
    """The plan names no year: its numbers are those of the year in which the programme is new."""
    if new := load_programme(PROGRAMME, folder_of(PROGRAMME, FOLDER), MORE):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in _plan().get("reminder_times", [])
        )
        load_schemes(local_day(local_now()).year)


def load_schemes(year: int) -> None:
    """Facts 1: two numbers for a scheme, its classes, and when there is publicity. The plan gives
    all places over the classes together and no split, so each class may take them all until staff
    say otherwise."""
    plan = _plan()
    for row in plan["milestones"]:
        Milestone.objects.create(year=year, **(row | _days(row, year)))
    for facts in plan["schemes"]:
        made = SchemeYear.objects.create(
            year=year, **{name: facts[name] for name in ("scheme", "target", "places")}
        )
        for row in facts["intakes"]:
            Intake.objects.create(
                scheme_year=made,
                scheme=made.scheme,
                year=year,
                places=made.places,
                **(row | _days(row, year)),
            )


def _plan() -> dict[str, Any]:
    return read_plan(folder_of(PROGRAMME, FOLDER), {**EVERY, **MORE})


def _days(row: dict[str, Any], year: int) -> dict[str, date]:
    """A day of the plan, such as "07-01", in a year."""
    return {name: date.fromisoformat(f"{year}-{row[name]}") for name in DAYS if name in row}
