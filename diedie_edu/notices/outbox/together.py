"""One text message for all of a family who hear the same by one phone.

Somebody without a phone hears by a relative's: whom she signed up with herself, she hears of once,
by a text that names them all.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from diedie_edu.common.manifests import parts_by
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.queries.addresses import with_address
from diedie_edu.notices.relatives import phones_of
from diedie_edu.notices.rules.addresses import address_of

OF_ONE = {"sign_up", "who"}  # facts of one person in what is said to several


def take_along(notice: Notice, lease: UUID, address: str, now: datetime) -> None:
    """What else is about to be said of the same to the same phone goes with `notice`, where one of
    the two hears by another's phone. In the transaction of the start; what another worker has just
    taken up goes alone."""
    kind = parts_by(Kind, "code").get(notice.kind)
    if notice.channel != Channel.SMS or not _has_family(notice) or not kind or kind.is_answered:
        return
    same = _waiting_beside(notice, lease, now)
    along = [row for row in same if address_of(row) == address and _says_the_same(row, notice)]
    along = [row for row in along if _is_borrowed(row, address) or _is_borrowed(notice, address)]
    if not along:
        return
    rows = Notice.objects.filter(pk__in=[row.pk for row in along])
    rows.update(
        status=Status.SUPPRESSED, lease=None, lease_until=None, settled_at=now, told_with=notice
    )
    if "sign_up" in notice.data:
        numbers = [row.data["sign_up"] for row in (notice, *along)]
        notice.data = notice.data | {"sign_up": _flat(numbers)}
        Notice.objects.filter(pk=notice.pk).update(data=notice.data)


def _has_family(notice: Notice) -> bool:
    return notice.recipient is not None and notice.recipient.household_id is not None


def _waiting_beside(notice: Notice, lease: UUID, now: datetime) -> list[Notice]:
    """Of the same family; in the batch of this lease, or taken up by nobody."""
    assert notice.recipient is not None
    due = Q(status=Status.QUEUED, next_try_at__lte=now) | Q(status=Status.CLAIMED, lease=lease)
    rows = Notice.objects.filter(
        due,
        kind=notice.kind,
        subject=notice.subject,
        channel=Channel.SMS,
        recipient__household=notice.recipient.household_id,
    ).exclude(pk=notice.pk)
    held = rows.order_by("pk").select_for_update(of=("self",), skip_locked=True)
    return list(with_address(Notice.objects.filter(pk__in=[row.pk for row in held])).order_by("pk"))


def _says_the_same(one: Notice, other: Notice) -> bool:
    return _common(one.data) == _common(other.data)


def _common(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in OF_ONE}


def _is_borrowed(notice: Notice, address: str) -> bool:
    """The phone is not the addressee's own."""
    return notice.recipient is not None and address not in phones_of(notice.recipient)


def _flat(numbers: list[Any]) -> list[int]:
    return [pk for one in numbers for pk in (one if isinstance(one, list) else [one])]
