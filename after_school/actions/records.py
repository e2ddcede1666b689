"""The 4:30 school's part where records of one child, or of one guardian, are merged."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, GuardianInvitation, GuardianRight, Presence
from diedie_edu.common.deeds import Deed
from diedie_edu.common.errors import Refused
from diedie_edu.common.merging import Meeting, own_ends, own_goes

SEEN = ("seen_at", "seen_by_id", "seen_how", "seen_reference")


def one_afternoon(deed: Deed, met: Presence, own: Presence) -> None:
    """A child that was expected twice and came once. Of two who came the register says that they
    are two children."""
    if own.arrived_at is not None:
        words = _(
            "On %(day)s both were expected, and the record that would go has come. Keep that one, "
            "or look whether they are two children."
        )
        raise Refused("they_meet", words % {"day": own.session.day})
    deed.drop(own)


def one_right(deed: Deed, met: GuardianRight, own: GuardianRight) -> None:
    """The place in front stays, with what either of them may."""
    stays, goes = (met, own) if met.place <= own.place else (own, met)
    seen = {name: getattr(goes, name) for name in SEEN} if not stays.is_seen else {}
    deed.drop(goes)
    deed.change(
        stays,
        sees_notes=stays.sees_notes or goes.sees_notes,
        decides=stays.decides or goes.decides,
        hears_arrival=stays.hears_arrival or goes.hears_arrival,
        **seen,
    )


def one_collector(deed: Deed, met: Collector, own: Collector) -> None:
    """The other row stays for the afternoons on which the child went with it. A bar is on both, or
    is settled first."""
    if met.is_barred != own.is_barred:
        raise Refused(
            "they_meet",
            _("One of the two is barred from a child. First settle that on the child's record."),
        )
    deed.change(own, guardian_id=None, ended_at=own.ended_at or deed.now)


TAKEN_BACK = GuardianInvitation.Answer.TAKEN_BACK
PARTS: tuple[Any, ...] = (
    Meeting("child_once_a_session", one_afternoon),
    Meeting("a_child_is_inside_once", words=_("Both are inside now. First hand one of them over.")),
    Meeting("guardian_collects_once", one_collector),
    Meeting(
        "one_guardian_is_invited",
        own_ends(answer=TAKEN_BACK, answered_at="now", answered_by_id="by"),
    ),
    Meeting("second_enrolment_once", own_goes),
    Meeting("guardian_right_once", one_right),
    Meeting(
        "guardian_place_once",
        words=_(
            "The two records of the child have different guardians at the 4:30 school. First "
            "change on one of them who answers for the child, with the paper that says so."
        ),
    ),
)
