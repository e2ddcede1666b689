"""Enterprises and their workers in the demo season."""

from datetime import date, datetime, timedelta

from diedie_edu.common.days import local_day
from edu_base.actions import applicants, applying, enterprises, nominations
from edu_base.demo.applicants import Stage, tell_details
from edu_base.models import Application, Intake, Step
from edu_base.rules.credit_codes import check_sign

DAY = timedelta(days=1)


def nominate(stage: Stage, intake: Intake, at: datetime) -> dict[Application, int]:
    """Three enterprises; the last one nominates nobody. Workers with their marks."""
    found: dict[Application, int] = {}
    for number, (title, contact, phone, places, workers) in enumerate(stage.facts["enterprises"]):
        first = f"91990606MA000{number:04d}"
        told = enterprises.Told(title, first + check_sign(first), contact, phone)
        kept = enterprises.keep(told=told, now=at)
        allotted = {"enterprise": kept, "year": intake.scheme_year, "places": places}
        allotment = enterprises.allot(**allotted, by=stage.staff, now=at)
        for place, (name, years, mark) in enumerate(workers):
            nominee = nominations.Nominee(
                name,
                f"1380008{number:02d}{place:02d}",
                stage.facts["reasons"],
                "装配工",
                date(intake.year - 4, 3, 1),
            )
            row = nominations.nominate(allotment=allotment, told=nominee, by=stage.staff, now=at)
            made = nominations.confirm(nomination=row, intake=intake, text=stage.text, now=at + DAY)
            found[_send_in(stage, made, years, at + 2 * DAY)] = mark
    enterprises.end_nominating(year=intake.scheme_year, on=intake.closes_on)
    return found


def _send_in(stage: Stage, made: Application, years: int, at: datetime) -> Application:
    """By the worker's own link."""
    made = Application.objects.select_related("intake", "person").get(pk=made.pk)
    assert made.person is not None
    born = date(made.year - years, 6, 1)
    made.person = applicants.told_birth_date(made.person, born, local_day(at))
    tell_details(made, stage, at, employed_since=made.employed_since)
    applying.submit(application=made, acting=Step.Acting.APPLICANT, by=None, now=at)
    return Application.objects.get(pk=made.pk)
