"""An application comes in: as a draft, sent in, changed when it is returned, withdrawn.

Lock order: as in `steps`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import constraint_of
from diedie_edu.common.resealing import Rehashed
from diedie_edu.people.models import ConsentText, Resident
from edu_base import applying_messages as messages
from edu_base.actions import documents, places
from edu_base.actions.applicants import told_birth_date
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Application, Intake, PaperKind, State, Step
from edu_base.rules import applying as rules
from edu_base.rules import papers
from edu_base.rules.ages import check_may_apply
from edu_base.rules.conditions import check_conditions
from edu_base.rules.states import check_is_draft, refusal_by

Acting = Step.Acting
Origin = Application.Origin


@dataclass(frozen=True)
class Agreement:
    """The text of the use of data that whoever applies has agreed to, and where a signed paper
    lies."""

    text: ConsentText
    paper_reference: str = ""


@transaction.atomic
def start(
    *,
    intake: Intake,
    person: Resident,
    guardian: Resident | None,
    agreement: Agreement,
    by: User | None,
    now: datetime,
) -> Application:
    """Begin a draft. What staff type in from paper may be of a window that has closed; whoever is
    nominated says yes by a link (`by` is None), also before the window.

    Raises `Refused` (`by_nomination`, `closed`, `guardian_needed`, `not_a_guardian`, `already`,
    and those of `check_may_apply`).
    """
    today, paper = local_day(now), agreement.paper_reference
    origin = Origin.PAPER if paper else Origin.ONLINE if by else Origin.NOMINATED
    if origin == Origin.ONLINE:
        rules.check_is_applied_for(intake)
        rules.check_window(intake, today)
    if person.birth_date:
        check_may_apply(person.birth_date, today)
    rules.check_guardian(person, guardian, today)
    made = Application(
        intake=intake,
        scheme=intake.scheme,
        year=intake.year,
        person=person,
        guardian=guardian,
        origin=origin,
        paper_reference=paper,
        made_by=by,
        made_at=now,
        state_since=now,
        agreed_at=now,
        agreed_text=agreement.text,
    )
    _save(made)
    return made


@transaction.atomic
def change(*, application: Application, number: str = "", now: datetime) -> Application:
    """Keep what a form of a draft, or of a returned application, has filled in; `number` is that of
    the identity paper, where it was typed anew. The row is locked.

    Raises `Refused` (`in_review`, `marked`, `nominated`, `already`, and those of `rules.papers`).
    """
    rules.check_can_change(application)
    _change_class(application)
    if number:
        _set_number(application, number, now)
    application.scheme, application.year = application.intake.scheme, application.intake.year
    _save(application)
    return application


def _change_class(application: Application) -> None:
    """In another class what was lifted, or ranked, of the one before counts no more."""
    if Application.objects.filter(pk=application.pk, intake=application.intake_id).exists():
        return
    is_marked = application.reviews.filter(taken_back_at=None).exists()
    rules.check_may_change_class(application, is_marked)
    application.lifted, application.lifted_reason = [], ""
    application.score, application.rank, application.rank_by = None, None, ""


def _set_number(application: Application, number: str, now: datetime) -> None:
    kind, person = application.paper_kind, application.person
    cleaned = papers.clean_number(kind, number, local_day(now))
    papers.check_is_of(kind, cleaned, person.birth_date if person else None)
    if person and kind != PaperKind.OTHER:
        told_birth_date(person, papers.birth_date_in(cleaned), local_day(now))
    application.paper_number = cleaned
    application.paper_key = papers.key_of(cleaned)
    if person and not person.gender:
        person.gender = papers.gender_in(kind, cleaned)
        person.save(update_fields=["gender"])


def _save(application: Application) -> None:
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        refusal = refusal_by(constraint_of(error))
        if refusal is None:
            raise
        raise refusal from error


@transaction.atomic
def submit(*, application: Application, acting: Acting, by: User | None, now: datetime) -> None:
    """Send it in, or in again with what was asked for; twice is harmless. `by` is None where a
    guardian says yes by the link of a message, without an account.

    Raises `Refused` (`closed`, `incomplete`, `no_consent`, `guardian_submits`, `age`, `schooling`,
    `belonging`, `moved_on`, `stopped`). What came on paper is taken in though a condition is not
    met, for staff may ask for an override.
    """
    locked, today = lock_application(application.pk), local_day(now)
    if locked.state == State.SUBMITTED:
        return
    if locked.state == State.DRAFT and acting != Acting.STAFF:
        rules.check_window(locked.intake, today)
    rules.check_complete(locked)
    if acting != Acting.STAFF:
        check_conditions(locked)
    rules.check_may_submit(locked, acting, today)
    submitted_at = locked.submitted_at or now
    move(
        application=locked,
        to=State.SUBMITTED,
        by=by,
        now=now,
        acting=acting if by else Acting.LINK,
        submitted_at=submitted_at,
    )
    tell(kind=messages.SUBMITTED, application=locked, now=now)


@transaction.atomic
def withdraw(
    *, application: Application, acting: Acting, by: User | None, now: datetime, reason: str = ""
) -> None:
    """Take it back: a draft that nobody has read is deleted, anything else stays as withdrawn,
    without its papers; a place goes to the first reserve. Twice is harmless.

    Raises `Refused` (`moved_on`).
    """
    if application.state == State.DRAFT:
        delete_draft(application=application)
    elif application.state != State.WITHDRAWN:
        about: dict[str, Any] = {"acting": acting, "by": by, "reason": reason}
        ended = places.end(application=application, to=State.WITHDRAWN, now=now, **about)
        tell(kind=messages.WITHDRAWN, application=ended, now=now)


def delete_draft(*, application: Application) -> None:
    """With all that was sent with it. Raises `Refused` (`moved_on`)."""
    locked = lock_application(application.pk)
    check_is_draft(locked)
    documents.remove_all(application=locked)
    locked.delete()


def _paper_key(row: Application) -> str | None:
    return papers.key_of(row.paper_number) if row.paper_number else None


PAPER_KEY = Rehashed("edu_base.Application", "paper_key", _paper_key)
