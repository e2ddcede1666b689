"""Drafting a summary from live data, and changing what it says."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.jobs.actions.leases import State as JobState
from diedie_edu.jobs.actions.leases import end_held, progress_of
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job
from diedie_edu.office.actions import drafts
from diedie_edu.office.models import (
    Content,
    Document,
    SummaryExport,
    SummaryFigure,
    SummaryPicture,
    Version,
)
from diedie_edu.office.queries import summary_parts as parts
from diedie_edu.office.queries.contents import rows_of
from diedie_edu.office.queries.summaries import Summary, pictures_for
from diedie_edu.office.rules.summaries import check_is_empty

PARTS: tuple[Callable[[Document, datetime], Iterable[Content]], ...] = (
    parts.figures,
    parts.overview,
    parts.highlights,
    parts.budget_use,
    parts.open_points,
    parts.pictures,
)


def may_draft(user: User, params: dict[str, Any]) -> bool:
    document = Document.objects.get(pk=params["document"])
    return user.may(Permission.KEEP_OFFICE, document.programme)


def draft(job: Job, now: datetime) -> None:
    """The first draft of a summary, part by part. Raises `Refused` (`written`)."""
    document = Document.objects.get(pk=job.params["document"])
    with progress_of(job) as progress, transaction.atomic():
        progress.start(len(PARTS))
        version = drafts.begin(document=document, by=job.asked_by, now=now)
        check_is_empty(any(rows_of([version.pk])[version.pk].values()))
        for part in PARTS:
            for row in part(document, now):
                row.version = version
                row.save()
            progress.add(1)
        end_held(job, JobState.DONE, now)


def document_of(job: Job) -> str:
    return reverse("office:document", args=[job.params["document"]])


DRAFTING = JobKind(
    slug="summary",
    title=gettext_lazy("Draft of a summary"),
    may=may_draft,
    run=draft,
    again=document_of,
    page="office:summary_drafting",
)


@dataclass(frozen=True)
class Change:
    """What a figure was, and is now; empty for one that was not there, or goes."""

    label: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.label} {self.was or '–'} → {self.now or '–'}"


@transaction.atomic
def refresh(*, version: Version, by: User, now: datetime) -> list[Change]:
    """Read the figures of a draft anew; what changed in them. Raises `Refused` (`not_draft`)."""
    locked = drafts.lock_draft(version=version.pk, by=by, now=now)
    old = {row.slug: row for row in locked.summaryfigure_rows.all()}
    changes = []
    for row in parts.figures(locked.document, now):
        was = old.pop(row.slug, None)
        changes += _replace(locked, row, was)
    for gone in old.values():
        changes.append(Change(gone.label, gone.number, ""))
        gone.delete()
    return changes


def _replace(version: Version, row: SummaryFigure, was: SummaryFigure | None) -> list[Change]:
    row.version = version
    if was is None:
        row.save()
        return [Change(row.label, "", row.number)]
    row.pk, row.key = was.pk, was.key
    if row.said() == was.said():
        return []
    row.save(force_update=True)
    return [Change(row.label, was.number, row.number)]


@transaction.atomic
def choose_pictures(*, version: Version, chosen: Collection[int], by: User, now: datetime) -> None:
    """Put these pictures into a draft, and no others. Raises `Refused` (`not_draft`)."""
    locked = drafts.lock_draft(version=version.pk, by=by, now=now)
    rows = locked.summarypicture_rows.all()
    rows.exclude(picture__in=chosen).delete()
    kept = set(rows.values_list("picture", flat=True))
    new = pictures_for(locked.document, now).filter(pk__in=set(chosen) - kept)
    SummaryPicture.objects.bulk_create(
        SummaryPicture(version=locked, position=place, picture=row.pk, caption=row.alt)
        for place, row in enumerate(new, len(kept) + 1)
    )


def note_export(*, summary: Summary, extension: str, by: User, now: datetime) -> None:
    """A file with pictures of people goes out: write down which."""
    if summary.pictures:
        SummaryExport.objects.create(
            programme=summary.version.document.programme,
            title=summary.title,
            extension=extension,
            pictures=[shown.picture.pk for shown in summary.pictures],
            at=now,
            by=by,
        )
