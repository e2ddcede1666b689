"""Who can be asked to give a lecture, and until when an answer counts."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules import schedule
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Volunteer, VolunteerKind
from residents_school.models import Invitation

SPEAKER_KINDS = (VolunteerKind.EXPERT, VolunteerKind.LECTURER)
DAYS_PROPOSED = 3


def check_speaks(volunteer: Volunteer) -> None:
    """Plan 三(二): speakers are expert volunteers and the lecturers' team."""
    if not (volunteer.is_active and set(volunteer.kinds) & set(SPEAKER_KINDS)):
        raise Refused(
            "no_speaker",
            _("%s is neither an expert volunteer nor one of the lecturers' team.") % volunteer,
            field="volunteer",
        )


def check_needs_speaker(
    lecture: Activity, occasion: Occasion, speakers: Sequence[int], now: datetime
) -> None:
    """House rule: a lecture that stands and lies ahead, without a full set of speakers (ids)."""
    schedule.check_can_be_changed(lecture)
    if now >= occasion.starts_at:
        raise Refused("past", _("This lecture has begun or is over."))
    if len(speakers) >= settings.SPEAKERS_PER_LECTURE:
        raise Refused("full", _("This lecture has all its speakers already."))


def check_can_invite(
    lecture: Activity,
    occasion: Occasion,
    volunteer: Volunteer,
    speakers: Sequence[int],
    now: datetime,
) -> None:
    """House rule: whom the lecture can use, and who does not speak at it anyway."""
    check_speaks(volunteer)
    if volunteer.pk in speakers:
        raise Refused(
            "speaks_already", _("%s speaks at it already.") % volunteer, field="volunteer"
        )
    check_needs_speaker(lecture, occasion, speakers, now)


def check_invitation_stands(invitation: Invitation, occasion: Occasion, now: datetime) -> None:
    """House rule: an answer counts while the invitation is open, the lecture stands and has not
    begun. What was answered for good stays; the staff can invite again."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This lecture has been called off. Thank you all the same."))
    if now >= occasion.starts_at:
        raise Refused("past", _("This lecture has begun or is over."))
    if not invitation.is_open:
        raise Refused("answered", _("This has been settled. Please ask the staff if it changes."))


def check_days(days: Sequence[date], now: datetime) -> None:
    """House rule: one to three days ahead, a year at most, so that the staff can plan."""
    if not days:
        raise Refused("no_day", _("Please name a day on which you could come."), "first_day")
    if min(days) <= local_day(now):
        raise Refused("past", _("Please choose days that lie ahead."), "first_day")
    if max(days) > local_day(now + schedule.FURTHEST):
        raise Refused(
            "far", _("That is more than a year ahead. Please check the year."), "first_day"
        )
