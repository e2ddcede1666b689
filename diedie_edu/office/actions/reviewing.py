"""What a decision on a version does: one kind of request for each work (`decisions`)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.decisions.kinds import Act, DecisionKind
from diedie_edu.decisions.models import Request
from diedie_edu.office.actions import rulebook
from diedie_edu.office.actions.covering import check_covers_spending
from diedie_edu.office.models import Document, State, Version
from diedie_edu.office.models.documents import TITLES
from diedie_edu.office.queries.contents import contents, lines
from diedie_edu.office.queries.documents import authored, in_force
from diedie_edu.office.rules.versions import kind_slug


def lock(pk: int) -> Version:
    """A version with its document, until the transaction ends."""
    document = Version.objects.values_list("document", flat=True).get(pk=pk)
    Document.objects.select_for_update().get(pk=document)
    return Version.objects.select_for_update().get(pk=pk)


def come_into_force(version: Version) -> None:
    """The locked version counts from now on, the one before it no longer."""
    if before := in_force(version.document):
        before.state = State.SUPERSEDED
        before.save(update_fields=["state"])
    version.state = State.APPROVED


def _approve(request: Request, by: User, now: datetime) -> None:
    version = lock(request.subject)
    check_covers_spending(version)
    come_into_force(version)
    version.approved_by, version.approved_for, version.approved_at = by, request.decided_for, now
    version.save()
    rulebook.take_over(version, now)


def _goes_to(state: State) -> Act:
    def act(request: Request, by: User, now: datetime) -> None:
        Version.objects.filter(pk=request.subject).update(state=state)

    return act


def _page(pk: int) -> str:
    return reverse("office:version", args=[pk])


def _kind(work: str) -> DecisionKind:
    return DecisionKind(
        slug=kind_slug(work),
        title=TITLES[work],
        line=_("{programme}, {period}, version {number}"),
        permission=Permission.REVIEW_OFFICE,
        days=3,
        lock=lock,
        contents=contents,
        lines=lines,
        approve=_approve,
        returned=_goes_to(State.RETURNED),
        withdrawn=_goes_to(State.DRAFT),
        may_refuse=False,
        authored=authored,
        change=_page,
        keep_days=3660,
    )


KINDS = {work: _kind(work) for work in TITLES}
