"""Publicity on the pages of others: home, desk, "my page"."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.decisions.models import Request, State
from diedie_edu.people.models import Resident
from diedie_edu.publicity.models import OutwardRecord, Picture, PictureConsent
from diedie_edu.publicity.models.posts import KIND
from diedie_edu.publicity.queries.pictures import to_be_taken_in
from diedie_edu.publicity.queries.posts import in_public, pinned_first
from diedie_edu.publicity.queries.reading import read

ON_HOME = 4
PEEKS = (
    Peek(lambda account: returned_to(account)),
    Peek(lambda: OutwardRecord.objects.filter(over_on=None)),
    Peek(lambda: Picture.objects.filter(faces="")),
)


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    """What is pinned, then the latest."""
    if posts := read(pinned_first(in_public(now), now)[:ON_HOME], now):
        facts = {"posts": posts, "today": local_day(now)}
        yield Panel(35, "publicity/home_news.html", facts)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """What came back, what hangs outside without permission, and pictures nobody has looked at."""
    scopes = user.scopes(Permission.PUBLISH)
    if not scopes:
        return
    returned = returned_to(user.pk).count()
    if returned:
        text = ngettext("%(number)d post came back.", "%(number)d posts came back.", returned)
        yield _problem(40, text, returned, "publicity:desk", _("Look"))
    if outside := to_be_taken_in(scopes, now):
        text = ngettext(
            "%(number)d picture is out there with somebody who does not agree (any more).",
            "%(number)d pictures are out there with somebody who does not agree (any more).",
            len(outside),
        )
        yield _problem(12, text, len(outside), "publicity:gone_out", _("Take it in"), "brick")
    open_pictures = within(Picture.objects.filter(faces=""), scopes).count()
    if open_pictures:
        text = ngettext(
            "Of %(number)d picture nobody has said whom it shows.",
            "Of %(number)d pictures nobody has said whom they show.",
            open_pictures,
        )
        yield _problem(75, text, open_pictures, "publicity:pictures", _("Say it"))


def returned_to(account: int) -> QuerySet[Request]:
    return Request.objects.filter(kind=KIND, asked_by=account, state=State.RETURNED)


def _problem(
    place: int, text: str, number: int, page: str, action: str, tone: str = "amber"
) -> Problem:
    return Problem(place, text % {"number": number}, reverse(page), action, tone)


def own_consents(account: int) -> QuerySet[PictureConsent]:
    """Live permissions that an account (id) may withdraw: its own, and those of whom it answers
    for."""
    own = Q(person__account=account) | Q(person__guardians__guardian__account=account)
    rows = PictureConsent.objects.filter(own, withdrawn_at=None, person__erased_at=None)
    return rows.select_related("person").distinct()


CONSENTS = Composed[PictureConsent](own_consents, account=int)


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """That one may be shown, and the way to say no."""
    if consents := CONSENTS.rows(account=user.pk):
        yield Panel(90, "publicity/my_consents.html", {"consents": consents})
