"""Who works at an afternoon: staff, and the volunteers on duty in it, on its day."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import Http404, HttpResponseBase

from after_school.models import Enrolment, Presence, Session
from after_school.queries.sessions import enrolment_at, is_on_duty, presence_at, session_with_state
from after_school.rules import terms
from after_school.rules.sessions import is_on_its_day
from after_school.views.doors import looks_after
from diedie_edu.accounts.access import SignedInRequest, scopes, signed_in
from diedie_edu.accounts.actions import setting_off
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import is_within
from diedie_edu.common.days import local_now

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row")


def on_site(view: View) -> View:
    """`view(request, session)` for staff and for volunteers on duty; 404 for everybody else."""

    @wraps(view)
    def opened(request: SignedInRequest, session: int, **more: int) -> HttpResponseBase:
        found = session_or_404(session)
        may = is_within(found, request.user.scopes(Permission.LOOK_AFTER_CHILDREN))
        if not (may or _is_on_duty(request, found)):
            raise Http404
        setting_off.acts_for_the_house()  # a whole gate of children in one account's hands
        return view(request, found, **more)

    return signed_in(opened)


def by_staff(view: View) -> View:
    """`view(request, session)` for whoever looks after children as staff."""

    @wraps(view)
    def opened(request: SignedInRequest, session: int, **more: int) -> HttpResponseBase:
        found = session_or_404(session)
        if not is_within(found, scopes(request)):
            raise Http404
        return view(request, found, **more)

    return looks_after(opened)


def is_staff(request: SignedInRequest) -> bool:
    return request.user.may(Permission.LOOK_AFTER_CHILDREN, terms.PROGRAMME)


def session_or_404(pk: int) -> Session:
    return _found(session_with_state(pk))


def enrolment_or_404(session: Session, child: int, *, sealed: bool = False) -> Enrolment:
    """The place in the term of a child (id)."""
    return _found(enrolment_at(session, child, sealed=sealed))


def presence_or_404(session: Session, child: int) -> Presence:
    """The afternoon of a child (id) who has been tapped once."""
    return _found(presence_at(session, child))


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


def _is_on_duty(request: SignedInRequest, session: Session) -> bool:
    return is_on_its_day(session.day, local_now()) and is_on_duty(request.user, session)
