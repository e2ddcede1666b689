"""The plan's facts of the education base: its schemes with target and places, and their classes."""

from datetime import date
from pathlib import Path
from typing import Any

from diedie_edu.activities.models import ReminderTime
from diedie_edu.common.days import local_day, local_now
from diedie_edu.programmes.plan_data import load_programme, read_plan
from edu_base.models import Intake, Milestone, SchemeYear
from edu_base.models.schemes import PROGRAMME

FOLDER = Path(__file__).parent / "fixtures"
DAYS = ("opens_on", "closes_on", "age_counts_on", "starts_on", "due_on")


def load_plan() -> None:
    """The plan names no year: its numbers are those of the year in which the programme is new."""
    if new := load_programme(PROGRAMME, FOLDER):
        ReminderTime.objects.bulk_create(
            ReminderTime(programme=new, **row) for row in read_plan(FOLDER)["reminder_times"]
        )
        load_schemes(local_day(local_now()).year)


def load_schemes(year: int) -> None:
    """Facts 1: two numbers for a scheme, its classes, and when there is publicity. The plan gives
    all places over the classes together and no split, so each class may take them all until staff
    say otherwise."""
    plan = read_plan(FOLDER)
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


def _days(row: dict[str, Any], year: int) -> dict[str, date]:
    """A day of the plan, such as "07-01", in a year."""
    return {name: date.fromisoformat(f"{year}-{row[name]}") for name in DAYS if name in row}
