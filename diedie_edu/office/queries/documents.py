"""Reads of documents and their versions."""

from typing import Any

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.office.models import OPEN, WAS_APPROVED, Document, State, Version


def in_force(document: Document) -> Version | None:
    """The approved version that counts now."""
    return document.versions.filter(state=State.APPROVED).first()


def open_version(document: Document) -> Version | None:
    """The one that is being written, or waits."""
    return document.versions.filter(state__in=OPEN).first()


def last_version(document: Document) -> Version | None:
    return document.versions.order_by("-number").first()


def was_approved(document: Document) -> bool:
    return document.versions.filter(state__in=WAS_APPROVED).exists()


def authored(account: User) -> "QuerySet[Any, int]":
    """Versions (numbers) of documents in which the account had a hand."""
    rows = Version.objects.filter(document__authors__account=account)
    return rows.values_list("pk", flat=True)


def earlier_version(document: Document) -> Version | None:
    """What the same programme had approved of the same work, most lately: next year's begins like
    it."""
    rows = Version.objects.filter(
        document__programme=document.programme,
        document__work=document.work,
        document__first_day__lt=document.first_day,
        state=State.APPROVED,
    )
    return rows.select_related("document").order_by("-document__first_day").first()
