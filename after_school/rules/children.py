"""Who is enrolled, who decides for a child, and until when an absence can be told."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianRight
from diedie_edu.activities.models import SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import residents

YOUNGEST, OLDEST = 5, 18
ABSENCE_FURTHEST = timedelta(days=200)


def check_age(birth_date: date, today: date) -> None:
    """Plan 四(一): primary and secondary pupils."""
    if not YOUNGEST <= residents.years_old(birth_date, today) <= OLDEST:
        raise Refused(
            "no_pupil",
            _("The 4:30 school is for pupils of 5 to 18 years. Check the date of birth."),
            "birth_date",
        )


class WaitsForStaff(Refused):
    """Staff look at an enrolment before it counts; `child` (id) where the child is entered."""

    child: int | None = None


class KnownChild(WaitsForStaff):
    """Somebody else has entered a child (id) of this name and birth date."""

    def __init__(self, child: int):
        super().__init__(
            "known_child",
            _(
                "A child of this name and date of birth is known by another guardian. Staff "
                "look at it before it is enrolled once more."
            ),
            "full_name",
        )
        self.child = child


# What the database lets an account enrol by itself; the setting may say less.
MOST_WITHOUT_STAFF = 4


def check_few_enough(others: int, child: int | None) -> None:
    """House rule: an account seats a few children by itself (SCHOOL_CHILDREN_WITHOUT_STAFF, four
    at most), so that nobody fills a term with children who are not there.

    `others`: how many it has enrolled, besides this one; `child` (id) where it is entered.
    """
    if others >= min(settings.SCHOOL_CHILDREN_WITHOUT_STAFF, MOST_WITHOUT_STAFF):
        refusal = WaitsForStaff(
            "many", _("You have enrolled several children. Staff look at one more with you first.")
        )
        refusal.child = child
        raise refusal


def own_child(named: Sequence[Resident], guardian: Resident) -> Resident | None:
    """House rule: of the children of one name and birth date, the one that this guardian answers
    for; None where nobody has entered such a child. A bond alone is not enough where others
    answer for the child here.

    `named` carry `rights` and `bonds`. Raises `KnownChild` where it is another guardian's.
    """
    for child in named:
        answering = child.rights or child.bonds  # type: ignore[attr-defined]
        if guardian.pk in {row.guardian_id for row in answering}:
            return child
    known = [child for child in named if child.rights or child.bonds]  # type: ignore[attr-defined]
    if known:
        raise KnownChild(known[0].pk)
    return None


def free_place(rights: Iterable[GuardianRight]) -> int:
    """House rule: two guardians answer for a child. Raises `Refused` (`two`)."""
    taken = {right.place for right in rights}
    free = [place for place in GuardianRight.Place if place not in taken]
    if not free:
        raise Refused("two", _("Two guardians are entered already."))
    return free[0]


def check_decides(right: GuardianRight | None) -> None:
    """House rule: who may collect, absences and leaving are for a guardian who decides."""
    if right is None or not right.decides:
        raise Refused(
            "decides_not", _("The other guardian decides this. Please speak with each other.")
        )


def check_is_not_barred(*, is_barred: bool) -> None:
    """House rule: whoever is barred from collecting a child decides nothing for it."""
    if is_barred:
        raise Refused(
            "barred", _("You are barred from collecting this child. Please speak with the staff.")
        )


def check_is_not_concerned(*, is_concerned: bool) -> None:
    """House rule: staff who are a child's guardian, or barred from it, decide nothing about it as
    staff."""
    if is_concerned:
        raise Refused("own", _("This is about you yourself. Let a colleague do it."))


def check_is_first(right: GuardianRight | None) -> None:
    """House rule: the first guardian enters the second, and says what that one sees and decides."""
    if right is None or right.place != GuardianRight.Place.FIRST:
        raise Refused("not_first", _("Only the first guardian changes this."))


def check_can_be_taken_out(right: GuardianRight) -> None:
    """House rule: one guardian answers for a child as long as it is enrolled."""
    if right.place == GuardianRight.Place.FIRST:
        raise Refused("first", _("The first guardian cannot be taken out here."))


def check_custody(
    rights: Collection[GuardianRight],
    leaving: Collection[GuardianRight],
    first: GuardianRight | None,
    *,
    is_new: bool,
) -> None:
    """House rule: somebody decides for a child and is told of it, whoever goes."""
    if first is None and not is_new:
        raise Refused("nobody", _("Say who decides for the child from now on."), "first")
    if first is not None and (first not in rights or first in leaving):
        raise Refused("first_goes", _("Whoever goes cannot be the first guardian."), "first")


def check_is_no_guardian(person: Resident, rights: Iterable[GuardianRight]) -> None:
    """House rule: one person is one guardian."""
    if person.pk in {right.guardian_id for right in rights}:
        raise Refused("known", _("This person is a guardian of the child already."), "full_name")


def check_absence(first_day: date, last_day: date, begins_at: datetime, now: datetime) -> None:
    """House rule: an absence can be told until the session of its first day begins."""
    if last_day < first_day:
        raise Refused("ends_early", _("The last day must come after the first."), "last_day")
    if now >= begins_at:
        raise Refused(
            "begun",
            _("The 4:30 school has begun on that day. Please call us if the child does not come."),
            "first_day",
        )
    if last_day - first_day > ABSENCE_FURTHEST:
        raise Refused("far", _("That is longer than a term. Check the last day."), "last_day")


def check_was_in_time(sign_up: SignUp) -> None:
    """House rule: an offered place that was not taken before its end is kept no longer."""
    if not sign_up.is_seated:
        raise Refused("late", _("The time was up, so the place is kept no longer."))
