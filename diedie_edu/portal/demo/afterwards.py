"""What the demo season has left behind: a learning record with its paper, proofs of hours, what
people said of lectures, and somebody whose seats stayed empty."""

from datetime import datetime, timedelta
from random import Random

from django.db.models import Count, F, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Attendance, Occasion, SignUp
from diedie_edu.activities.traits import in_calendar
from diedie_edu.common.days import local_day
from diedie_edu.door.models import Feedback
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Resident
from diedie_edu.portal.learning.actions import issue_certificate
from diedie_edu.portal.service.actions import issue_proof
from diedie_edu.volunteering.models import Duty

WORDS = (
    "讲得很清楚，回家就能用。",
    "希望多讲几个例子。",
    "字再大一点就更好了。",
    "老师很耐心，谢谢！",
    "下次想带老伴一起来。",
)
LEARNED, EMPTY_SEATS = 7, 3
BORN_AFTER = 1970  # young enough to be put behind


def create_afterwards(resident: Resident, staff: User, now: datetime) -> None:
    """Of the lectures that lie behind; the demo resident has come to most of them."""
    random = Random(7)  # a demo that looks the same every time
    past = list(_past(now))
    for occasion in past[:LEARNED]:
        _seat(occasion, resident)
        Attendance.objects.get_or_create(
            occasion=occasion,
            resident=resident,
            defaults={"arrived_at": occasion.starts_at - timedelta(minutes=12), "how": "ticket"},
        )
    _leave_seats_empty(past)
    _say(random)
    if past:
        first_day = local_day(now) - timedelta(days=365)
        period = {"first_day": first_day, "last_day": local_day(now)}
        issue_certificate(resident=resident, by=staff, now=now, **period)


def _past(now: datetime) -> list[Occasion]:
    """Over, with free seats, and their registers closed; the latest first."""
    free = F("activity__capacity") - 1
    rows = Occasion.objects.filter(
        ends_at__lt=now - timedelta(days=4), activity__in=_held_once(), activity__taken__lt=free
    )
    return list(in_calendar(rows).select_related("activity").order_by("-starts_at"))


def _held_once() -> QuerySet[Activity]:
    """Lectures, not the groups that meet every week."""
    return Activity.objects.annotate(dates=Count("occasions")).filter(dates=1)


def _seat(occasion: Occasion, resident: Resident) -> None:
    when = occasion.activity.sign_up_opens_at + timedelta(hours=2)
    seated = {"status": SignUp.Status.SEATED, "signed_up_at": when, "seated_at": when}
    _row, is_new = SignUp.objects.get_or_create(
        activity_id=occasion.activity_id, resident=resident, defaults=seated
    )
    if is_new:
        Activity.objects.filter(pk=occasion.activity_id).update(taken=F("taken") + 1)


def _leave_seats_empty(past: list[Occasion]) -> None:
    young = Resident.objects.filter(birth_date__year__gt=BORN_AFTER, account=None)
    person = young.filter(volunteer=None).order_by("pk").first()
    if person is None:
        return
    left = [one for one in past if attendance.attendance_of(one.pk, person.pk) is None]
    for occasion in left[:EMPTY_SEATS]:
        _seat(occasion, person)


def _say(random: Random) -> None:
    rows = Attendance.objects.filter(feedback=None, occasion__activity__in=_held_once())
    came = list(rows.select_related("occasion").order_by("pk"))
    Feedback.objects.bulk_create(
        Feedback(
            attendance=row,
            use=random.choice(("much", "much", "much", "some", "some", "little")),
            level=random.choice(("right", "right", "right", "easy", "hard")),
            again=random.choice(("yes", "yes", "yes", "maybe", "no")),
            words=random.choice((*WORDS, *[""] * 40)),
            said_at=row.occasion.ends_at + timedelta(hours=4),
        )
        for row in random.sample(came, len(came) // 2)
    )


def create_proofs(staff: User, now: datetime) -> None:
    """Two proofs of hours: the demo volunteer's is in force, another's on the public list."""
    in_force, public = now - timedelta(days=14), now - timedelta(days=2)
    served = Duty.objects.filter(confirmed_at__isnull=False, ends_at__lt=in_force)
    people = Resident.objects.filter(volunteer__duties__in=served).distinct()
    first, second, *_others = people.order_by("account", "pk")
    for person, issued in ((first, in_force), (second, public)):
        today = local_day(issued)
        period = {"first_day": today - timedelta(days=365), "last_day": today}
        issue_proof(resident=person, by=person.account or staff, now=issued, **period)
