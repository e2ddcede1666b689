"""Who belongs to a group, who asks to, and how a family stands towards it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.activities.models import SignUp
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from happy_square.models import Group, JoinRequest, MemberEntry, Membership, Trial
from happy_square.models.groups import PROGRAMME
from happy_square.rules.members import check_can_join


def members_of(group: int) -> QuerySet[Membership]:
    """Those with a place, by pinyin, without whom the leader has just written down."""
    rows = Membership.objects.filter(
        group=group, sign_up__status=SignUp.Status.SEATED, sign_up__member_entry=None
    )
    people = rows.select_related("sign_up", "resident__account")
    return people.order_by("resident__sort_key", "resident")


def entries_of(group: int) -> QuerySet[MemberEntry]:
    """Whom it has written down and who has not settled it, found or not: they look the same."""
    return MemberEntry.objects.filter(group=group, occasion=None)


def entries_for_staff() -> QuerySet[MemberEntry]:
    """Whom the register does not know for certain."""
    return MemberEntry.objects.filter(is_for_staff=True).select_related("group", "entered_by")


def open_requests(group: int) -> QuerySet[JoinRequest]:
    rows = JoinRequest.objects.filter(group=group, state=JoinRequest.State.OPEN)
    return rows.select_related("resident").order_by("asked_at")


def waiting_in(group: int) -> QuerySet[SignUp]:
    """Those offered a place, and the queue, without whom the leader has just written down."""
    waiting = (SignUp.Status.OFFERED, SignUp.Status.WAITING)
    rows = SignUp.objects.filter(activity=group, status__in=waiting, member_entry=None)
    return rows.select_related("resident").order_by(*SignUp.QUEUE)


def is_member(group: int, people: Sequence[Resident]) -> bool:
    rows = SignUp.objects.filter(activity=group, resident__in=people)
    return rows.filter(status=SignUp.Status.SEATED).exists()


@dataclass(frozen=True)
class Standing:
    """How one of a family stands towards a group: in it, asking, or what stands in the way."""

    resident: Resident
    sign_up: SignUp | None
    request: JoinRequest | None
    refusal: Refused | None
    tries: frozenset[int]  # dates (occasions' ids) that they are to try

    @property
    def is_in(self) -> bool:
        return self.sign_up is not None

    @property
    def may_join(self) -> bool:
        return not (self.sign_up or self.request or self.refusal)


def standings_towards(group: Group, family: Sequence[Resident], now: datetime) -> list[Standing]:
    """One for each of a family, in their order; three queries."""
    rows = SignUp.objects.filter(activity=group.pk, resident__in=family, status__in=SignUp.LIVE)
    live = {row.resident_id: row for row in rows.select_related("membership")}
    open_ones = JoinRequest.objects.filter(
        group=group, resident__in=family, state=JoinRequest.State.OPEN
    )
    asked = {row.resident_id: row for row in open_ones}
    tried = list(
        Trial.objects.filter(occasion__activity=group.pk, resident__in=family).values_list(
            "resident", "occasion"
        )
    )
    return [
        Standing(
            one,
            live.get(one.pk),
            asked.get(one.pk),
            refusal_of(check_can_join, group, one, now),
            frozenset(occasion for person, occasion in tried if person == one.pk),
        )
        for one in family
    ]


def place_behind(sign_up: int) -> SignUp | None:
    """A place in a group as a link names it."""
    rows = SignUp.objects.filter(pk=sign_up, activity__programme__slug=PROGRAMME)
    found = rows.filter(activity__is_ongoing=True, membership__isnull=False)
    return found.select_related("activity", "resident", "membership__group").first()


IN_GROUPS = Composed[SignUp](
    lambda family: (
        SignUp.objects.filter(
            OneOf("resident", family), activity__is_ongoing=True, status__in=SignUp.LIVE
        )
        .select_related("activity", "resident", "membership")
        .order_by("activity__title", "pk")
    ),
    family=list,
)


def groups_of(family: Sequence[Resident]) -> list[SignUp]:
    """The groups that a family belongs to, or waits for."""
    return IN_GROUPS.rows(family=[one.pk for one in family])
