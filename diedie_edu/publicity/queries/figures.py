"""The figure of publicity: how often something went out."""

from collections import Counter

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.figures.kinds import ALL, Indicator, Sheet, Value, Values
from diedie_edu.figures.spans import Span
from diedie_edu.publicity.models import OutwardRecord, Post
from diedie_edu.publicity.queries.posts import in_public


def posts_out(sheet: Sheet) -> "QuerySet[Post]":
    """That came into public in the span and stayed there."""
    span = sheet.span
    return in_public(sheet.now).filter(publish_at__gte=span.starts_at, publish_at__lt=span.ends_at)


def records_out(sheet: Sheet) -> "QuerySet[OutwardRecord]":
    last_day = min(sheet.span.last_day, sheet.today)
    return OutwardRecord.objects.filter(went_out_on__range=(sheet.span.first_day, last_day))


def went_out(sheet: Sheet) -> Values:
    """What is of no single programme counts in the sum of all alone."""
    found: Counter[str] = Counter()
    for rows in (posts_out(sheet), records_out(sheet)):
        found.update(dict(rows.order_by().values_list("programme").annotate(Count("pk"))))
    values = {slug: Value(number) for slug, number in found.items() if slug}
    return values | {ALL: Value(found.total() or None)}


def _list(user: User, programme: str, span: Span) -> str:
    if not user.may(Permission.PUBLISH, programme or None):
        return ""
    address = reverse("publicity:went_out", args=[span.key])
    return f"{address}?programme={programme}" if programme else address


PUBLICITY = Indicator(
    slug="publicity",
    title=_("Publicity"),
    definition=_(
        "Plan 三–六, 宣传: posts that came into public here and were not taken down, and each time "
        "something went out elsewhere; what is of all programmes counts in their sum."
    ),
    unit=pgettext_lazy("unit of a figure", "times"),
    place=95,
    of=went_out,
    is_main=True,
    list_url=_list,
)
