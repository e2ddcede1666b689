"""A word from the staff to everybody of an activity, or to all who wish for a topic: sent once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.models import WordToAll
from diedie_edu.activities.rules import working
from diedie_edu.notices.actions import notify
from diedie_edu.programmes.models import Programme


@dataclass(frozen=True)
class Word:
    """What is written, about what (`about` as in messages, with its title), to whom (residents'
    ids), until when it is of use; `key` names the form it was written in."""

    programme: str
    about: str
    title: str
    text: str
    people: Collection[int]
    expires_at: datetime
    key: UUID


@transaction.atomic
def send_word(*, word: Word, by: User, now: datetime) -> WordToAll:
    """Send it to each of them, once: the same form sent again finds what it has sent.

    Raises `Refused` for no words, and for words that went out about the same within a day.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(slug=word.programme)
    if sent := WordToAll.objects.filter(key=word.key).first():
        return sent
    earlier = WordToAll.objects.filter(about=word.about, text=word.text.strip())
    working.check_word(word.text, earlier.filter(sent_at__gt=now - working.SAME_WORD).first())
    sent = WordToAll.objects.create(
        programme=programme,
        about=word.about,
        title=word.title,
        text=word.text.strip(),
        people=len(word.people),
        key=word.key,
        sent_by=by,
        sent_at=now,
    )
    notify(
        kind=messages.WORD,
        recipients=list(word.people),
        subject=messages.WORDS.of(sent.pk),
        data={"staff_word": sent.pk, "title": sent.title, "text": sent.text},
        now=now,
        expires_at=word.expires_at,
    )
    return sent
