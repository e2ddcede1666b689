"""Reads of the liaison log."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.office.parts import LiaisonSide
from diedie_edu.office.rules.contacts import SOON
from diedie_edu.programmes.models import Programme

PLACE = 40
NEAR = Peek(
    lambda soon: FollowUp.objects.filter(done_at=None, due_on__lte=soon),
    soon=lambda now: local_day(now) + SOON,
)
ON_THE_DESK = 8
LATE, DUE, AHEAD, DONE = "late", "due", "ahead", "done"


def kept_by(user: User) -> list[Programme]:
    """The programmes whose log the account keeps."""
    return [row for row in Programme.objects.all() if user.may(Permission.KEEP_OFFICE, row.slug)]


def side_of(programme: str) -> str:
    """With whom the plan has a programme (its slug) liaise; empty where it names nobody."""
    found = parts_by(LiaisonSide, "programme").get(programme)
    return found.side if found else ""


def may_keep(user: User, contact: Contact) -> bool:
    """Whether the account writes in this log, and so reads the names and phones in it."""
    return user.may(Permission.KEEP_OFFICE, contact.programme.slug)


def contacts(user: User, wanted: Mapping[str, Any], today: date) -> QuerySet[Contact]:
    """Those that the account may read and that fit what it looks for, the last first; each with
    its open follow-ups: their number and the first day by which one is due."""
    rows = within(Contact.objects, user.scopes(Permission.READ_OFFICE))
    rows = rows.select_related("programme", "organisation").annotate(
        to_do=Count("follow_ups", filter=Q(follow_ups__done_at=None)),
        next_on=Min("follow_ups__due_on", filter=Q(follow_ups__done_at=None)),
    )
    if words := wanted.get("q"):
        rows = rows.filter(_about(words, user))
    for name in ("programme", "side"):
        if value := wanted.get(name):
            rows = rows.filter(**{name: value})
    for name, lookup in (("since", "held_on__gte"), ("until", "held_on__lte")):
        if value := wanted.get(name):
            rows = rows.filter(**{lookup: value})
    return rows.filter(_open(wanted.get("open", ""), today)).order_by("-held_on", "-pk")


def _about(words: str, user: User) -> Q:
    """Persons are found by those alone who may read their names."""
    said = Q(subject__mentions=words) | Q(agreed__mentions=words)
    follows = FollowUp.objects.filter(what__mentions=words).values("contact")
    named = Q(organisation__title__mentions=words) | Q(pk__in=follows)
    persons = Q(person__mentions=words) & Contact.belongs.at(user.scopes(Permission.KEEP_OFFICE))
    return said | named | persons


def _open(sort: str, today: date) -> Q:
    return {LATE: Q(next_on__lt=today), "open": Q(to_do__gt=0)}.get(sort, Q())


def follow_ups(today: date) -> QuerySet[FollowUp]:
    """Each with its `state`: late, due within a week, ahead or done."""
    state = Case(
        When(done_at__isnull=False, then=Value(DONE)),
        When(due_on__lt=today, then=Value(LATE)),
        When(due_on__lte=today + SOON, then=Value(DUE)),
        default=Value(AHEAD),
    )
    about = FollowUp.objects.select_related("contact__programme", "contact__organisation", "owner")
    return about.annotate(state=state).order_by("due_on", "pk")


def to_do(user: User, permission: Permission, today: date) -> QuerySet[FollowUp]:
    """What is open where the account has a right, what is due first on top."""
    return within(follow_ups(today), user.scopes(permission)).filter(done_at=None)


def panels(user: User, now: datetime) -> Iterator[Panel]:
    """On the desk of the programme office: what follows from contacts and is not done yet."""
    rows = to_do(user, Permission.READ_OFFICE, local_day(now))
    facts = {
        "lines": rows[:ON_THE_DESK],
        "number": rows.count(),
        "keeps": [row.slug for row in kept_by(user)],
    }
    yield Panel(PLACE, "office/contacts_panel.html", facts)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """What is late, and what of the account's own is due within a week."""
    today = local_day(now)
    rows = to_do(user, Permission.KEEP_OFFICE, today)
    if number := rows.filter(due_on__lt=today).count():
        text = ngettext(
            "%(number)d follow-up of a contact is late.",
            "%(number)d follow-ups of contacts are late.",
            number,
        )
        yield _problem(text % {"number": number}, LATE, "brick")
    if number := rows.filter(due_on__range=(today, today + SOON), owner=user).count():
        text = ngettext(
            "%(number)d follow-up of a contact is yours within a week.",
            "%(number)d follow-ups of contacts are yours within a week.",
            number,
        )
        yield _problem(text % {"number": number}, "open", "amber")


def _problem(text: str, sort: str, tone: str) -> Problem:
    url = reverse("office:contact_list") + f"?open={sort}"
    return Problem(PLACE, text, url, _("See to it"), tone)
