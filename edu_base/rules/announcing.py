"""公示 and what follows it: how long, when the committee may resolve, who decides objections."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.errors import Refused
from edu_base.models.announcements import Announcement
from edu_base.models.applications import Application
from edu_base.models.objections import Objection
from edu_base.models.schemes import Intake
from edu_base.models.states import State


def last_day(first_on: date, working_days: int, calendar: Calendar) -> date:
    """The last of so many working days from `first_on` on, that day included."""
    return calendar.working_day_after(date.fromordinal(first_on.toordinal() - 1), working_days)


def check_first_day(first_on: date, today: date, calendar: Calendar) -> None:
    """House rule: it begins today or later, on a working day. Raises `Refused` (`past`,
    `no_working_day`)."""
    if first_on < today:
        raise Refused("past", _("This day has passed."), "first_on")
    if not calendar.is_working_day(first_on):
        raise Refused("no_working_day", _("Nobody works on this day."), "first_on")


def check_somebody(chosen: Collection[Any]) -> None:
    """House rule: nothing is entered about nobody. Raises `Refused` (`nobody`)."""
    if not chosen:
        raise Refused("nobody", _("Choose at least one name."))


def check_are_of_class(applications: Iterable[Application], intake: Intake) -> None:
    """House rule: one list, one class. Raises `Refused` (`nobody`, `other_class`)."""
    classes = {application.intake_id for application in applications}
    check_somebody(classes)
    if classes != {intake.pk}:
        raise Refused("other_class", _("Somebody here is of another class. Please look once more."))


def check_resolved_after(announcement: Announcement, decided_on: date, today: date) -> None:
    """House rule: first 公示 with all its days, then the committee.

    Raises `Refused` (`too_early`, `ahead`)."""
    if decided_on > today:
        raise Refused("ahead", _("This day lies in the future."), "decided_on")
    if decided_on <= announcement.last_on:
        raise Refused(
            "too_early",
            _("The public announcement lasts until %(day)s; the committee resolves after it.")
            % {"day": announcement.last_on.isoformat()},
            "decided_on",
        )


def check_no_objection_is_open(number: int) -> None:
    """House rule: objections come before the next step. Raises `Refused` (`objection`)."""
    if number:
        raise Refused("objection", _("An objection to this application is to be decided first."))


def check_may_object(announcement: Announcement, state: str, received_on: date) -> None:
    """House rule: objections are to those in public, on the days of the announcement, both
    included. Raises `Refused` (`not_in_public`)."""
    is_day = announcement.first_on <= received_on <= announcement.last_on
    if state != State.ANNOUNCED or not is_day:
        raise Refused(
            "not_in_public",
            _("Objections are taken while the names stand in public. Please ring the community."),
        )


def check_objection(objector: str, words: str) -> None:
    """House rule: with a name, which stays with staff. Raises `Refused` (`no_name`, `no_words`)."""
    if not objector.strip():
        raise Refused("no_name", _("Please say who objects; only staff see it."), "objector")
    if not words.strip():
        raise Refused("no_words", _("Please say what you object to."), "words")


def check_not_too_many(is_used_up: bool) -> None:
    """House rule, against floods. Raises `Refused` (`too_many`)."""
    if is_used_up:
        raise Refused(
            "too_many",
            _("Many objections have come from your network. Please ring the community instead."),
        )


def check_did_not_review(has_reviewed: bool) -> None:
    """House rule: somebody who did not review the case decides. Raises `Refused` (`reviewed`)."""
    if has_reviewed:
        raise Refused(
            "reviewed",
            _("You have reviewed this case. Somebody who has not decides the objection."),
        )


def check_is_open(objection: Objection) -> None:
    """House rule: decided once. Raises `Refused` (`decided`)."""
    if not objection.is_open:
        raise Refused("decided", _("Somebody has decided this objection already."))


def check_answer(answer: str) -> None:
    """House rule: a decision has its reason. Raises `Refused` (`no_answer`)."""
    if not answer.strip():
        raise Refused("no_answer", _("Please say why; the objector reads it."), "answer")
