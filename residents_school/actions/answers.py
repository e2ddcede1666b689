"""Taking answers in: of residents, of people without a name, from sheets of paper.

The database holds one answer of each; answering again replaces what was said before.
Lock order: survey → burst → answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from residents_school.actions import wishes
from residents_school.models import Answer, AnswerTopic, Burst, Survey
from residents_school.rules import needs

ANSWER_KEY, BURST_KEY = "residents_school.answer", "residents_school.burst"


@dataclass(frozen=True)
class Sheet:
    """What one person says; `topics` are ids."""

    topics: Sequence[int]
    other_topic: str = ""
    forms: Sequence[str] = ()
    times: Sequence[str] = ()
    age_band: str = ""


def answer_key(survey: Survey, number: str) -> str:
    """What a browser's or a sheet's own `number` is kept as, different in each survey."""
    return keyed_hash(f"{survey.pk}:{number}", ANSWER_KEY)


@transaction.atomic
def answer_as_resident(
    *, survey: Survey, resident: Resident, sheet: Sheet, wants_news: bool, now: datetime
) -> Answer:
    """Take in or replace a resident's answer; with `wants_news` its topics become wishes.

    Raises `Refused` where the survey takes no answers, the sheet names no topic, or a child
    under 14 is meant.
    """
    locked = _held(survey)
    needs.check_can_answer(locked, local_day(now))
    needs.check_may_answer(resident, local_day(now))
    if wants_news:
        wishes.make_wishes(resident=resident, topics=sheet.topics, now=now)
    return _record({"survey": locked, "resident": resident}, sheet, Answer.Source.ONLINE, now)


@transaction.atomic
def answer_without_name(
    *, survey: Survey, browser: str, address: str, sheet: Sheet, now: datetime
) -> Answer:
    """Take in or replace the answer of a browser, known by a number of its own alone.

    However many come from one network `address`, each is taken in, and marked as one of them.
    Raises `Refused` as `answer_as_resident` does.
    """
    locked = _held(survey)
    needs.check_can_answer(locked, local_day(now))
    who = {"survey": locked, "key": answer_key(locked, browser)}
    burst = _burst(locked, address, now)
    return _record(who, sheet, Answer.Source.ONLINE, now, burst=burst)


@transaction.atomic
def enter_paper(*, survey: Survey, number: str, sheet: Sheet, by: User, now: datetime) -> Answer:
    """Take in a sheet of paper; `number` is of the form it was typed into, so that sending the
    form twice enters one sheet. Raises `Refused` where nothing can be entered (any more).
    """
    locked = _held(survey)
    needs.check_sheet_can_be_entered(locked, local_day(now))
    who = {"survey": locked, "key": answer_key(locked, number)}
    return _record(who, sheet, Answer.Source.PAPER, now, by)


@transaction.atomic
def leave_out(*, burst: Burst, by: User, now: datetime) -> None:
    """Count its answers no more; left out already, it stays as it is. Raises `Refused`."""
    needs.check_can_change(_held(burst.survey))
    needs.check_are_many(burst.answers.count())
    counted = Burst.objects.filter(pk=burst.pk, left_out_at=None)
    counted.update(left_out_at=now, left_out_by=by)


@transaction.atomic
def put_back(*, burst: Burst) -> None:
    """Count its answers again. Raises `Refused`."""
    needs.check_can_change(_held(burst.survey))
    Burst.objects.filter(pk=burst.pk).update(left_out_at=None, left_out_by=None)


@transaction.atomic
def take_back_sheet(*, answer: Answer, now: datetime) -> None:
    """Forget a sheet that was entered wrongly. Raises `Refused` once the results are out."""
    needs.check_sheet_can_be_entered(_held(answer.survey), local_day(now))
    answer.delete()


def _held(survey: Survey) -> Survey:
    """The survey as it is now; its results cannot be published before this answer is in."""
    return Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)


def _burst(survey: Survey, address: str, now: datetime) -> Burst:
    since = now.replace(minute=0, second=0, microsecond=0)
    key = keyed_hash(f"{survey.pk}:{since.timestamp():.0f}:{address}", BURST_KEY)
    return Burst.objects.get_or_create(survey=survey, key=key, defaults={"since": since})[0]


def _record(
    who: dict[str, Any],
    sheet: Sheet,
    source: str,
    now: datetime,
    by: User | None = None,
    burst: Burst | None = None,
) -> Answer:
    """An answer that is given anew stays in the burst that it first came in."""
    needs.check_says_something(len(sheet.topics), sheet.other_topic)
    said = {
        "source": source,
        "age_band": sheet.age_band,
        "forms": list(sheet.forms),
        "times": list(sheet.times),
        "other_topic": sheet.other_topic,
        "answered_at": now,
        "entered_by": by,
    }
    answer, _is_new = Answer.objects.update_or_create(
        **who, defaults=said, create_defaults=said | {"burst": burst}
    )
    answer.picks.all().delete()
    AnswerTopic.objects.bulk_create(
        AnswerTopic(answer=answer, topic_id=topic) for topic in sheet.topics
    )
    return answer
