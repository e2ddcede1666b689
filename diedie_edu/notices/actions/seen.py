"""What people do with messages: read them, reach somebody by telephone instead, see to what failed,
choose what rings their phone."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import TROUBLE, Notice, PhoneChoice, Reached
from diedie_edu.notices.queries.phone_choices import rings_unasked


def note_reached(*, notice: Notice, by: User, now: datetime) -> None:
    """Somebody was told by telephone of what a message was to tell them; of an alarm's own row:
    somebody has seen to it. The first to say so counts, saying it twice is harmless."""
    told = Reached(
        event=notice.event,
        recipient_id=notice.recipient_id,
        account_id=notice.account_id,
        by=by,
        at=now,
    )
    Reached.objects.bulk_create([told], ignore_conflicts=True)


def take_back_reached(*, notice: Notice) -> None:
    """It was a slip of the finger: they are to be called again. Twice is harmless."""
    Reached.objects.filter(
        event=notice.event, recipient=notice.recipient_id, account=notice.account_id
    ).delete()


def deal_with(*, notices: Iterable[int], by: User, now: datetime) -> None:
    """Messages (ids) that did not get through are seen to in another way. The first to say so
    counts, saying it twice is harmless."""
    rows = Notice.objects.filter(pk__in=notices, status__in=TROUBLE, dealt_with_at=None)
    rows.update(dealt_with_at=now, dealt_with_by=by)


def take_back_dealt_with(*, notice: Notice) -> None:
    """It was a slip of the finger. Twice is harmless."""
    Notice.objects.filter(pk=notice.pk).update(dealt_with_at=None, dealt_with_by=None)


def choose_for_phone(*, user: User, chosen: Mapping[tuple[str, str], bool]) -> None:
    """Whether messages come to a staff person's phone, by programme (its slug) and sort."""
    rows = [
        PhoneChoice(account=user, programme=programme, sort=sort, rings=rings)
        for (programme, sort), rings in chosen.items()
    ]
    _choose(rows, "rings")


def choose_for_mailbox(*, user: User, chosen: Mapping[tuple[str, str], bool]) -> None:
    """The same of e-mails; whether the phone rings stays as it is."""
    rows = [
        PhoneChoice(
            account=user,
            programme=programme,
            sort=sort,
            rings=rings_unasked(sort),
            mails=mails,
        )
        for (programme, sort), mails in chosen.items()
    ]
    _choose(rows, "mails")


def _choose(rows: list[PhoneChoice], column: str) -> None:
    key = ["account", "programme", "sort"]
    PhoneChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=key, update_fields=[column]
    )


def mark_all_read(*, notices: QuerySet[Notice], now: datetime) -> int:
    """All of somebody's messages that are still new; how many those were."""
    return notices.filter(read_at=None).update(read_at=now)


def mark_read(*, notice: Notice, now: datetime) -> None:
    """The first opening counts; `notice` is up to date afterwards."""
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)
        notice.read_at = now
