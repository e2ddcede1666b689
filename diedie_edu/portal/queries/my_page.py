"""What a family has signed up for and what a volunteer is due to do, in all programmes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, Attendance, Occasion, SignUp
from diedie_edu.activities.queries import no_shows, presence, sign_ups
from diedie_edu.activities.rules.sign_up import can_cancel
from diedie_edu.activities.traits import open_to_all
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.parts import DutyPage, MyPagePanels, Panel, VolunteerLink, open_entries
from diedie_edu.common.peeks import Peek
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.people.queries import family_ids, family_of
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import hours
from diedie_edu.volunteering.rosters import has_roster

PAST_SHOWN = 10


@dataclass(frozen=True)
class Entry:
    """One sign-up on "my page", whatever its programme. `party` are those for whom an offer is
    answered there; empty where another card does. Who `is_in` gives nothing back."""

    sign_up: SignUp
    occasion: Occasion
    ahead: int | None
    may_cancel: bool
    party: Sequence[SignUp] = ()
    is_in: bool = False

    @property
    def activity(self) -> object:
        return self.sign_up.activity

    @property
    def resident(self) -> Resident:
        return self.sign_up.resident

    @property
    def is_seated(self) -> bool:
        return self.sign_up.is_seated

    @property
    def is_offered(self) -> bool:
        return self.sign_up.is_offered

    @property
    def is_waiting(self) -> bool:
        return self.sign_up.is_waiting

    @property
    def offer_expires_at(self) -> datetime | None:
        return self.sign_up.offer_expires_at

    @property
    def url(self) -> str:
        return reverse("portal:activity", args=[self.sign_up.activity_id])

    @property
    def accept_url(self) -> str:
        return reverse("activities:accept", args=[self.sign_up.activity_id])

    @property
    def cancel_url(self) -> str:
        return reverse("activities:cancel", args=[self.sign_up.activity_id])


def _my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """What everybody sees, the next date on top."""
    ahead = entries_ahead(family, now)
    facts = {
        "offered": [entry for entry in ahead if entry.is_offered and entry.party],
        "upcoming": [entry for entry in ahead if entry.is_seated],
        "waiting": [entry for entry in ahead if entry.is_waiting],
    }
    yield Panel(4, "portal/my/upcoming.html", facts)
    yield Panel(70, "portal/my/household.html", {"household": _household(family)})
    links = open_entries(VolunteerLink, user) if (serves := _serves(user)) else []
    yield Panel(90, "portal/my/account.html", {"serves": serves, "links": links})
    yield Panel(95, "portal/my/home_screen.html", {})


def _put_behind(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    facts = {"put_behind": no_shows.put_behind_among([one.pk for one in family], now)}
    yield Panel(25, "portal/my/put_behind.html", facts)


def _of_a_volunteer(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    if family:
        yield Panel(30, "portal/my/duties.html", {"duties": duties_of(family[0], now)})
        facts = {"hours": hours.hours_of(family[0]), "serves": _serves(user)}
        yield Panel(50, "portal/my/hours.html", facts)


def _past(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    past = been_to(family)
    yield Panel(80, "portal/my/past.html", {"past": past, "household": _household(family)})


def _household(family: Sequence[Resident]) -> Sequence[Resident]:
    return family if len(family) > 1 else []


# The portal's own sections; those of the apps stand between them.
SERVES = Peek(lambda account: Volunteer.objects.filter(resident__account=account))
CAME = Peek(lambda account: Attendance.objects.filter(resident__in=family_ids(account)))
PANELS = (
    MyPagePanels(_my_panels),
    MyPagePanels(_put_behind, (no_shows.MISSED,)),
    MyPagePanels(_of_a_volunteer, (SERVES,)),
    MyPagePanels(_past, (CAME,)),
)


REGISTERED = Composed[int](
    lambda account: Volunteer.objects.filter(resident__account=account).values_list("pk")[:1],
    account=int,
)


def _serves(user: User) -> bool:
    """Whether a volunteer's pages open: the role alone, without an entry, has none."""
    return user.may(Permission.SERVE) and REGISTERED.first(account=user.pk) is not None


def entries_ahead(family: Sequence[Resident], now: datetime) -> list[Entry]:
    """The family's sign-ups that are not over, soonest first."""
    rows = LIVE_SIGN_UPS.rows(family=[one.pk for one in family])
    ahead_of = sign_ups.people_ahead([row for row in rows if row.is_waiting])
    party, dates = sign_ups.answered_together(rows), _dates_of(rows)
    activities, people = [row.activity_id for row in rows], [one.pk for one in family]
    here = presence.places_used(activities, people, now) if rows else set()
    entries = [
        replace(entry, is_in=(row.activity_id, row.resident_id) in here)
        for row in rows
        for entry in _entries(
            row, dates[row.activity_id], ahead_of.get(row.pk), party.get(row.pk, ()), now
        )
    ]
    entries.sort(key=lambda entry: (entry.occasion.starts_at, entry.sign_up.pk))
    return [entry for entry in entries if entry.occasion.ends_at > now]


def next_of(user: User, now: datetime) -> Entry | None:
    """What concerns the reader's family soonest: a place that waits for a yes, else a seat."""
    ahead = entries_ahead(family_of(user), now)
    offered = [entry for entry in ahead if entry.is_offered]
    seated = [entry for entry in ahead if entry.is_seated]
    return next(iter(offered + seated), None)


def been_to(family: Sequence[Resident]) -> list[dict[str, Any]]:
    """What each of the family came to, the latest first, and how many times; a seat that stood
    empty is none of it."""
    return BEEN_TO.rows(family=[one.pk for one in family])


def _been_to(family: list[int]) -> QuerySet[Any, Any]:
    rows = Attendance.objects.filter(OneOf("resident", family)).values(
        "resident",
        activity=F("occasion__activity"),
        title=F("occasion__activity__title"),
        who=F("resident__full_name"),
    )
    counted = rows.annotate(times=Count("pk"), last=Max("occasion__starts_at"))
    return counted.order_by("-last", "activity", "resident")[:PAST_SHOWN]


BEEN_TO = Composed[dict[str, Any]](_been_to, family=list)


def _entries(
    sign_up: SignUp,
    occasions: Sequence[Occasion],
    before: int | None,
    party: Sequence[SignUp],
    now: datetime,
) -> list[Entry]:
    """One for each occasion of what the person signed up to."""
    may_cancel = can_cancel(sign_up.activity, occasions[-1].starts_at, now)
    for occasion in occasions:
        occasion.activity = sign_up.activity
    return [Entry(sign_up, occasion, before, may_cancel, party) for occasion in occasions]


def _dates_of(rows: Sequence[SignUp]) -> dict[int, list[Occasion]]:
    """By activity (id), the first first."""
    found: dict[int, list[Occasion]] = {row.activity_id: [] for row in rows}
    for occasion in DATES.rows(activities=list(found)) if rows else ():
        found[occasion.activity_id].append(occasion)
    return found


def _live_sign_ups(family: list[int]) -> QuerySet[SignUp]:
    """Without places in programmes with a path of their own, which have panels of their own."""
    shown = open_to_all(Activity.objects.all())
    return SignUp.objects.filter(
        OneOf("resident", family), status__in=SignUp.LIVE, activity__in=shown
    ).select_related("activity__programme", "resident")


LIVE_SIGN_UPS = Composed[SignUp](_live_sign_ups, family=list)
DATES = Composed[Occasion](
    lambda activities: Occasion.objects.filter(OneOf("activity", activities)).select_related(
        "venue"
    ),
    activities=list,
)
DUTIES = Composed[Duty](
    lambda resident, now: (
        Duty.objects.filter(volunteer__resident=resident, ends_at__gt=now, is_off=False)
        .select_related("occasion__activity__programme", "occasion__venue")
        .order_by("starts_at")
    ),
    resident=int,
    now=datetime,
)


def duties_of(resident: Resident, now: datetime) -> list[Duty]:
    """A volunteer's duties ahead, without those called off, each with the `pages` to prepare on."""
    duties = DUTIES.rows(resident=resident.pk, now=now)
    for duty in duties:
        duty.pages = _pages_of(duty, now)  # type: ignore[attr-defined]
    return duties


def _pages_of(duty: Duty, now: datetime) -> list[dict[str, object]]:
    activity = duty.occasion.activity
    pages: list[dict[str, object]] = [
        {"label": page.label, "icon": page.icon, "url": reverse(page.name, args=[activity.pk])}
        for page in parts_of(DutyPage)
        if (page.programme, page.work) == (activity.programme.slug, duty.work)
    ]
    if duty.starts_at > now and not has_roster(duty.occasion):
        url = reverse("volunteering:cannot_come", args=[duty.pk])
        pages.append({"label": _("I cannot come"), "icon": "x-mark", "url": url})
    return pages
