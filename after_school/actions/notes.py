"""What staff write to guardians of a child's afternoon."""

from datetime import datetime

from django.db import transaction

from after_school import messages
from after_school.actions.presence import lock_again, notify_about
from after_school.models import Note, Presence
from after_school.queries.sessions import guardians_to_notify
from after_school.rules import handing_over
from diedie_edu.accounts.models import User


@transaction.atomic
def write_note(*, presence: Presence, kind: str, text: str, by: User, now: datetime) -> Note:
    """A sentence or two for the guardians who see notes; they are told that there is one.

    The same words twice are one note. Raises `Refused` where the child has not come.
    """
    locked = lock_again(presence)
    handing_over.check_has_come(locked)
    for note in locked.notes.filter(kind=kind):
        if note.text == text:
            return note
    note = Note.objects.create(presence=locked, kind=kind, text=text, written_by=by, written_at=now)
    readers = guardians_to_notify(locked.child_id, with_notes=True)
    notify_about(messages.NOTE, readers, locked, note.pk, now, day_on=locked.session.day)
    return note
