"""Short messages from guardians to the staff of an afternoon, and that staff have seen them.

Lock order: session (shared) → child → presence → right.
"""

from datetime import datetime

from django.db import transaction

from after_school.actions.presence import lock_presence
from after_school.actions.sessions import lock_shared
from after_school.models import Enrolment, GuardianMessage, GuardianRight, Session
from after_school.queries.children import is_barred
from after_school.queries.expected import awaited_at
from after_school.rules import guardian_messages as rules
from after_school.rules.children import check_is_not_barred
from diedie_edu.accounts.models import User
from diedie_edu.people.rules.consents import check_child_is_open


@transaction.atomic
def write_message(
    *,
    session: Session,
    enrolment: Enrolment,
    right: GuardianRight,
    what: str,
    text: str,
    now: datetime,
) -> GuardianMessage:
    """A guardian tells the staff something of today; the same that is not seen yet is one.

    Raises `Refused` where the child is neither awaited nor inside (`not_today`), the guardian is
    barred from it, or has written six times (`many`).
    """
    locked = lock_shared(session)
    presence = lock_presence(locked, enrolment)
    check_child_is_open(presence.child)
    held = GuardianRight.objects.select_for_update(of=("self",), no_key=True).get(pk=right.pk)
    check_is_not_barred(is_barred=is_barred(held))
    is_awaited = awaited_at(locked).filter(pk=enrolment.pk).exists()
    rules.check_can_be_written(locked, presence, now, is_awaited=is_awaited)
    sent = GuardianMessage.objects.filter(presence=presence, guardian=held.guardian_id)
    for message in sent:
        if (message.what, message.text, message.seen_at) == (what, text, None):
            return message
    rules.check_not_too_many(len(sent))
    told = {"what": what, "text": text, "sent_at": now}
    return GuardianMessage.objects.create(presence=presence, guardian=held.guardian, **told)


def see_message(*, message: GuardianMessage, by: User, now: datetime) -> None:
    """The first to say so counts; twice is harmless."""
    seen_at = max(now, message.sent_at)  # the clock may have been set back
    GuardianMessage.objects.filter(pk=message.pk, seen_at=None).update(seen_at=seen_at, seen_by=by)
