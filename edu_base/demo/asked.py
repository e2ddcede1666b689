"""Who is asked in the demo season: students since September, young people at their doors now."""

from datetime import date, datetime, time

from diedie_edu.common.days import local_day, moment
from edu_base.actions.asking import Said, answer, ask_students
from edu_base.actions.mobilising import give_lists
from edu_base.demo.applicants import Stage
from edu_base.models import StudyQuestion
from edu_base.queries.mobilising import buildings, volunteers, year_to_mobilise
from edu_base.rules.asking import PAUSE, TIMES


def ask(stage: Stage, year: int, now: datetime) -> None:
    """One of the students of earlier years has answered; who has not is to be rung up."""
    september = moment(date(year, 9, 1), time(10))
    for number in range(TIMES):
        ask_students(september + number * PAUSE)
        if number == 0 and (question := StudyQuestion.objects.order_by("pk").first()):
            own = question.application.person
            said = Said(StudyQuestion.Answer.STUDYING)
            answer(question=question, said=said, by=None, own=own, now=september)
    _give_lists(stage, now)


def _give_lists(stage: Stage, now: datetime) -> None:
    """A volunteer has the first two buildings."""
    of_year = year_to_mobilise(local_day(now))
    serving = volunteers().select_related("resident__account").first()
    if of_year and serving and serving.resident.account:
        names = [row.name for row in buildings(of_year, local_day(now))[:2]]
        to = serving.resident.account
        give_lists(year=of_year, buildings=names, to=to, by=stage.staff, now=now)
