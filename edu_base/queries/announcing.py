"""Announcements in public, and the objections to them."""

from datetime import date

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from edu_base.models import Announcement, Application, Objection, State, Step
from edu_base.models.objections import REVIEWING
from edu_base.queries.concerned import concerning


def in_public(today: date) -> QuerySet[Announcement]:
    """Those whose days run, the newest first."""
    rows = Announcement.objects.filter(first_on__lte=today, last_on__gte=today)
    return rows.select_related("intake__scheme_year")


def names_of(announcement: Announcement) -> QuerySet[Application]:
    """Who stands on it still, by name: the order tells nothing of the ranking."""
    rows = Application.objects.filter(listing__announcement=announcement, state=State.ANNOUNCED)
    rows = rows.filter(person__isnull=False).select_related("person")
    return rows.order_by("person__sort_key", "pk")


def objections(user: User) -> QuerySet[Objection]:
    """All but those to what concerns the reader (`concerned.concerning`)."""
    rows = Objection.objects.select_related("application__person", "application__intake")
    rows = rows.exclude(application__in=concerning(user))
    return rows.order_by("-made_at", "-pk")


def open_objections(user: User) -> QuerySet[Objection]:
    return objections(user).filter(pk__in=open_anywhere().values("pk"))


def open_anywhere() -> QuerySet[Objection]:
    """Nobody has decided them, whomever they concern."""
    return Objection.objects.filter(decided_at=None, application__state=State.ANNOUNCED).order_by()


def has_reviewed(user: User, application: Application) -> bool:
    """Whether an account did what reviewing is, as staff, or has marked it."""
    steps = Step.objects.filter(application=application, by=user, acting=Step.Acting.STAFF)
    marks = application.reviews.filter(reviewer__account=user)
    return steps.filter(state__in=REVIEWING).exists() or marks.exists()
