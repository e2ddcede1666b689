"""Who has a seat, and who waits for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable

from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.rules import offers
from diedie_edu.common.composed import Composed, number_of


def live_sign_up(activity_id: int, resident_id: int) -> SignUp | None:
    """The person's seat, offered place or place in the queue, if any."""
    return SignUp.objects.filter(
        activity_id=activity_id, resident_id=resident_id, status__in=SignUp.LIVE
    ).first()


def who_signed_up() -> Combinable:
    """Over notices: the account that signed the recipient up for the activity they are about."""
    rows = SignUp.objects.alias(about=ACTIVITY.at("activity_id")).order_by("-pk")
    own = rows.filter(resident=OuterRef("recipient_id"), about=OuterRef("subject"))
    return Subquery(own.values("signed_up_by")[:1])


def sign_ups_at(occasions: Collection[int]) -> QuerySet[SignUp]:
    """Seats, offers and places in the queue of the activities that meet at these occasions (ids).

    One row for each person and occasion. Not of what people belong to from week to week.
    """
    return SignUp.objects.filter(
        activity__occasions__in=occasions, activity__is_ongoing=False, status__in=SignUp.LIVE
    )


def waiting_count(activity_id: int) -> int:
    return NUMBER_WAITING.rows(activity=activity_id)[0]


NUMBER_WAITING = Composed[int](
    lambda activity: number_of(
        SignUp.objects.filter(activity=activity, status=SignUp.Status.WAITING)
    ),
    activity=int,
)


def seated(activity_id: int) -> QuerySet[SignUp]:
    """Everybody with a seat, as a class register sorts them."""
    return (
        SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.SEATED)
        .select_related("resident")
        .order_by("resident__sort_key", "resident_id")
    )


def people_ahead(waiting: Sequence[SignUp]) -> dict[int, int]:
    """How many people stand before each waiting sign-up, by its id, in one query.

    Those who wait together stand where the first of them stands.
    """
    if not waiting:
        return {}
    queues = SignUp.objects.filter(
        activity__in={row.activity_id for row in waiting}, status=SignUp.Status.WAITING
    ).order_by("activity_id", *SignUp.QUEUE)
    ahead: dict[int, int] = {}
    for _activity, queue in groupby(queues, key=attrgetter("activity_id")):
        before = 0
        for unit in offers.units(queue):
            ahead |= dict.fromkeys((row.pk for row in unit), before)
            before += len(unit)
    return {row.pk: ahead[row.pk] for row in waiting if row.pk in ahead}


def companions(sign_up: SignUp) -> list[SignUp]:
    """Those of a party whose places have gone the same way, the first of them first; alone
    without a party."""
    if sign_up.party_id is None:
        return [sign_up]
    same = SignUp.objects.filter(
        party=sign_up.party_id, status=sign_up.status, cancelled_at=sign_up.cancelled_at
    )
    return list(same.select_related("resident").order_by("id"))


def answered_together(rows: Iterable[SignUp]) -> dict[int, list[SignUp]]:
    """Those for whom each offer among `rows` is, by the id of the first of them that is shown: one
    answers for all. One query."""
    offered = [row for row in rows if row.is_offered]
    wanted = {row.party_id for row in offered if row.party_id}
    whole = SignUp.objects.filter(party__in=wanted, status=SignUp.Status.OFFERED).order_by("id")
    people: dict[int | None, list[SignUp]] = defaultdict(list)
    for row in whole.select_related("resident") if wanted else ():
        people[row.party_id].append(row)
    alone = {row.pk: [row] for row in offered if row.party_id is None}
    first = {row.party_id: row.pk for row in reversed(offered) if row.party_id}
    return alone | {pk: people[party] for party, pk in first.items()}


def place_of(sign_up_id: int) -> SignUp | None:
    """A sign-up as a link names it; where it has ended, the person's live one, if any."""
    rows = SignUp.objects.select_related("activity", "resident", "party")
    named = rows.filter(occasions.announced("activity__"), pk=sign_up_id).first()
    if named is None or named.status in SignUp.LIVE:
        return named
    live = live_sign_up(named.activity_id, named.resident_id)
    return named if live is None else rows.get(pk=live.pk)
