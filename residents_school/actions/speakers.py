"""Who speaks at a lecture: booked by staff or by their own yes, and told of it either way.

Lock order: activity → occasion → volunteers → invitations → notices.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.messages import DUTY
from diedie_edu.volunteering.models import Duty
from residents_school import messages
from residents_school.models import Invitation


def book_speakers(
    occasion: Occasion,
    speakers: Sequence[Volunteer],
    *,
    by: User | None,
    now: datetime,
    tells: bool = True,
) -> None:
    """Book them all, in the order of their ids, and tell those who did not know.

    Whoever was invited and is booked has accepted. Of a draft they hear of a new time here,
    because nobody is told of a draft otherwise. Raises `Refused` beside `speakers`.
    """
    known = set(_spoken(occasion).values_list("volunteer", flat=True))
    is_draft = occasion.activity.state == Activity.State.DRAFT
    for volunteer in sorted(speakers, key=lambda row: row.pk):
        duty = _book(occasion, volunteer, by, now)
        if tells and (is_draft or volunteer.pk not in known):
            _notify(messages.APPOINTED, duty, occasion, now)
    _settle_invitations(occasion, speakers, now)


def _book(occasion: Occasion, volunteer: Volunteer, by: User | None, now: datetime) -> Duty:
    try:
        return duties.assign_duty(
            occasion=occasion, volunteer=volunteer, work=Duty.Work.SPEAKER, by=by, now=now
        )
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field="speakers") from refusal


def release_speakers(
    occasion: Occasion, staying: Collection[Volunteer], *, by: User, now: datetime
) -> None:
    """Free and tell those who do not speak any more.

    Before a move, so that they do not stand in its way.
    """
    leaving = _spoken(occasion).exclude(volunteer__in=staying)
    for duty in leaving.select_related("volunteer"):
        duties.release_duty(duty=duty, by=by, now=now)
        cancel(subject=DUTY.of(duty.pk), now=now)
        _notify(messages.RELEASED, duty, occasion, now)


def _spoken(occasion: Occasion) -> QuerySet[Duty]:
    return occasion.duties.filter(work=Duty.Work.SPEAKER).exclude(volunteer=None)


def _notify(kind: Kind, duty: Duty, occasion: Occasion, now: datetime) -> None:
    """Once for each time the occasion has; nobody is told of what is over."""
    if duty.volunteer and occasion.ends_at > now:
        notify(
            kind=kind,
            recipients=[duty.volunteer.resident_id],
            subject=DUTY.of(duty.pk),
            revision=occasion.revision,
            data=occasion_data(occasion),
            now=now,
            expires_at=occasion.ends_at,
        )


def _settle_invitations(occasion: Occasion, speakers: Sequence[Volunteer], now: datetime) -> None:
    """Whoever said yes on the phone has answered."""
    open_ones = Invitation.objects.filter(
        lecture=occasion.activity_id, volunteer__in=speakers, state__in=Invitation.OPEN
    )
    for invitation in open_ones:
        cancel(subject=messages.INVITATION_SUBJECT.of(invitation.pk), now=now)
    open_ones.update(state=Invitation.State.ACCEPTED, answered_at=now, proposed_days=[])
    _end_search(occasion, now)


def _end_search(occasion: Occasion, now: datetime) -> None:
    """Somebody was found: whom the search asked besides (`invited_by` is nobody) need not come."""
    searched = Invitation.objects.filter(lecture=occasion.activity_id, invited_by=None)
    for invitation in searched.filter(state__in=Invitation.OPEN).select_related("volunteer"):
        withdraw(invitation, occasion, now)


def withdraw(invitation: Invitation, occasion: Occasion, now: datetime) -> None:
    """Take back what was asked, and say so while it matters."""
    invitation.state = Invitation.State.WITHDRAWN
    invitation.save(update_fields=["state"])
    cancel(subject=messages.INVITATION_SUBJECT.of(invitation.pk), now=now)
    if occasion.ends_at > now:
        notify_invited(messages.INVITATION_WITHDRAWN, invitation, occasion, now)


def notify_invited(kind: Kind, invitation: Invitation, occasion: Occasion, now: datetime) -> None:
    notify(
        kind=kind,
        recipients=[invitation.volunteer.resident_id],
        subject=messages.INVITATION_SUBJECT.of(invitation.pk),
        revision=occasion.revision,
        data=occasion_data(occasion, note=invitation.note) | {"invitation": invitation.pk},
        now=now,
        expires_at=occasion.starts_at,
    )
