"""Students are asked how it goes, and what they say moves their application on.

Lock order: application → question → notices.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.people.models import Organisation, Resident
from edu_base import asking_messages as messages
from edu_base.actions.steps import lock_application, move
from edu_base.models import Application, State, Step, StudyQuestion
from edu_base.queries import asking as queries
from edu_base.queries.applications import hearers
from edu_base.rules import asking as rules
from edu_base.rules.applying import acting_of


@dataclass(frozen=True)
class Said:
    """One of four answers; the rest is for graduates."""

    answer: str
    graduated_on: date | None = None
    work: str = ""
    employer: Organisation | None = None


def ask_students(now: datetime) -> int:
    """A planner: makes the questions that are due, and sends their messages and reminders."""
    _make_questions(local_day(now))
    due = queries.to_ask(now).select_for_update(of=("self",), skip_locked=True)
    return sum(_ask(question, now) for question in due)


def _make_questions(today: date) -> None:
    """Once each, however often it is called."""
    wanted: list[tuple[int, str, date]] = []
    if day := rules.september(today):
        students = queries.students_each_year(today.year).values_list("pk", flat=True)
        wanted += [(pk, StudyQuestion.Occasion.SEPTEMBER, day) for pk in students]
    for pk, graduated_on in queries.graduates():
        wanted += [(pk, one, due) for one, due in rules.due_after(graduated_on, today)]
    made = queries.made_since(today - rules.LATE)
    rows = [
        StudyQuestion(application_id=pk, occasion=one, due_on=due)
        for pk, one, due in wanted
        if (pk, one, due) not in made
    ]
    StudyQuestion.objects.bulk_create(rows, ignore_conflicts=True)


def _ask(question: StudyQuestion, now: datetime) -> int:
    """The student, and the guardian as long as one acts, each by a link of their own."""
    question.times_asked, question.last_asked_at = question.times_asked + 1, now
    question.save(update_fields=["times_asked", "last_asked_at"])
    application = question.application
    return sum(
        notify(
            kind=messages.HOW_IT_GOES,
            recipients=[one.pk],
            subject=messages.QUESTION.of(question.pk),
            revision=question.times_asked,
            data={"study_question": [question.pk, one.pk], "person": str(application.person)},
            now=now,
            expires_at=now + rules.PAUSE,
        )
        for one in hearers(application, local_day(now))
    )


@transaction.atomic
def answer(
    *, question: StudyQuestion, said: Said, by: User | None, own: Resident | None, now: datetime
) -> None:
    """Keep what a student or the guardian (`own`, whose link it was) says, or what staff (`by`)
    hear on the telephone; the application goes on accordingly. The answer to the newest question
    can be put right by another. Raises `Refused` (`older`, `no_student`, `ahead`, and `household`
    where another of the household studies by now)."""
    application = lock_application(question.application_id)
    locked = StudyQuestion.objects.select_for_update().get(pk=question.pk)
    is_newest = queries.newest_of(application.pk) == locked.pk
    rules.check_may_answer(application.state, is_newest)
    if said.graduated_on is not None:
        rules.check_graduated_on(said.graduated_on, local_day(now))
    for name, value in vars(said).items():
        setattr(locked, name, value)
    locked.answered_at, locked.answered_by = now, by
    locked.save()
    cancel(subject=messages.QUESTION.of(locked.pk), now=now)
    if application.state != said.answer:
        acting, who = _acting(application, by, own, now)
        move(application=application, to=State(said.answer), by=who, now=now, acting=acting)


def _acting(
    application: Application, by: User | None, own: Resident | None, now: datetime
) -> tuple[Step.Acting, User | None]:
    """Whoever taps a link without an account leaves no name in the history."""
    if by is not None:
        return Step.Acting.STAFF, by
    acting = acting_of(application, own, local_day(now))
    account = own.account if own else None
    return (acting, account) if acting and account else (Step.Acting.NOBODY, None)
