"""What is erased of applications: with a person, and by date. That somebody applied stays for the
figures; words, numbers and papers go (PIPL art. 19, 47)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from edu_base.actions import documents, dwellings, liftings, places
from edu_base.actions.applying import delete_draft
from edu_base.models import Application, State, Step, Stop
from edu_base.models.states import ENDED, HOLDS, STUDENTS
from edu_base.queries import applications as queries

GONE = "–"  # stands where words have been erased that the row must have
AT_ONCE = 100
WORDS = ("paper_kind", "paper_number", "paper_key", "school", "address", "words", "stop_reason")


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased: what is under way ends, then nothing is left but its row."""
    for row in Application.objects.filter(person=person).order_by("pk"):
        if row.state == State.DRAFT:
            delete_draft(application=row)
            continue
        if row.state not in (*ENDED, *STUDENTS):
            to, acting = State.WITHDRAWN, Step.Acting.NOBODY
            places.end(application=row, to=to, by=None, now=now, acting=acting)
            row.refresh_from_db()
        erase_words(application=row, now=now)


@transaction.atomic
def erase_words(*, application: Application, now: datetime) -> None:
    """Once; the household stays where its place is taken."""
    documents.remove_all(application=application)
    liftings.forget(applications=[application.pk], now=now)
    for name in WORDS:
        setattr(application, name, "")
    application.finished_on = application.employed_since = application.stopped_at = None
    application.paper_reference = GONE if application.paper_reference else ""
    application.lifted_reason = GONE if application.lifted else ""
    application.erased_at = now
    before = application.dwelling
    if application.state not in HOLDS:
        application.dwelling = application.dwelling_seen_by = application.dwelling_seen_at = None
    application.save()
    dwellings.drop_unused(before)
    Step.objects.filter(application=application).exclude(reason="").update(reason=GONE)
    Stop.objects.filter(application=application).update(said_by=GONE, reason=GONE)
    Stop.objects.filter(application=application, settled_at__isnull=False).update(settlement=GONE)
    application.reviews.exclude(note="").update(note="")
    application.reviews.exclude(taken_back_reason="").update(taken_back_reason=GONE)


def keep_no_longer(now: datetime) -> int:
    """Whatever has come to its day: words of what has ended, papers of students, drafts. No
    messages. Every tick may call it; each takes some at a time."""
    ended = now - timedelta(days=settings.ENDED_APPLICATION_KEEP_DAYS)
    for row in _some(queries.ended_before(ended)):
        erase_words(application=row, now=now)
    reported = now - timedelta(days=settings.STUDENT_PAPERS_KEEP_DAYS)
    for row in _some(queries.with_papers_reported_before(reported)):
        documents.remove_all(application=row)
    closed = local_day(now) - timedelta(days=settings.DRAFT_KEEP_DAYS)
    for row in _some(queries.drafts_closed_before(closed)):
        delete_draft(application=row)
    return 0


def _some(rows: QuerySet[Application]) -> list[Application]:
    """Locked; those that somebody else has locked come at the next tick."""
    return list(rows.order_by("pk").select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
