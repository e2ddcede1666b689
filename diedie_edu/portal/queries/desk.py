"""The staff desk: today and the weekend, what needs a person, what is done most."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from after_school.rules.terms import PROGRAMME as AFTER_SCHOOL
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common.days import local_day, moment, weekend_of
from diedie_edu.notices.models import Notice, Status
from diedie_edu.people.models import Resident
from diedie_edu.portal.queries import (
    desk_hours,
    desk_parts,
    desk_school,
    desk_speakers,
    desk_surveys,
)
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.volunteering.models import Duty
from residents_school.queries.lectures import planned_lectures
from residents_school.rules.lectures import PROGRAMME

SOON = timedelta(days=14)
ASK_FOR_NEXT_YEAR_FROM = 11  # November: the State Council publishes the days off about then


@dataclass(frozen=True)
class Row:
    """One occasion in the desk's table; an address that the reader may not open is empty."""

    occasion: Any  # with the length of its queue
    url: str
    sheet_url: str
    door_url: str

    @property
    def waiting(self) -> int:
        return self.occasion.waiting


@dataclass(frozen=True)
class QuickAction:
    label: str | Promise
    name: str
    icon: str
    permission: Permission
    programme: str | None = None

    @property
    def url(self) -> str:
        return reverse(self.name)


QUICK_ACTIONS = (
    QuickAction(
        gettext_lazy("Plan a lecture"),
        "residents_school:lecture_create",
        "plus",
        Permission.PLAN_ACTIVITIES,
        PROGRAMME,
    ),
    QuickAction(
        gettext_lazy("Type in paper surveys"),
        "residents_school:paper",
        "pencil-square",
        Permission.PLAN_ACTIVITIES,
        PROGRAMME,
    ),
    QuickAction(
        gettext_lazy("Plan a series"),
        "residents_school:season_create",
        "calendar-days",
        Permission.PLAN_ACTIVITIES,
        PROGRAMME,
    ),
    QuickAction(
        gettext_lazy("Roster of the 4:30 school"),
        "after_school:roster",
        "user-group",
        Permission.LOOK_AFTER_CHILDREN,
        AFTER_SCHOOL,
    ),
    QuickAction(
        gettext_lazy("Terms of the 4:30 school"),
        "after_school:term_list",
        "book-open",
        Permission.PLAN_ACTIVITIES,
        AFTER_SCHOOL,
    ),
    QuickAction(
        gettext_lazy("Checks of volunteers"),
        "after_school:clearances",
        "identification",
        Permission.KEEP_CLEARANCES,
        AFTER_SCHOOL,
    ),
    QuickAction(
        gettext_lazy("Close a day"),
        "activities:day_to_close",
        "no-symbol",
        Permission.KEEP_CALENDAR,
    ),
    QuickAction(
        gettext_lazy("Seats left empty"),
        "door:no_shows",
        "face-frown",
        Permission.KEEP_REGISTER,
    ),
    QuickAction(
        gettext_lazy("What people said"),
        "door:feedback_of_speakers",
        "chat-bubble-left",
        Permission.KEEP_REGISTER,
    ),
    QuickAction(
        gettext_lazy("Volunteers' hours"),
        "volunteering:hours",
        "clock",
        Permission.PLAN_ACTIVITIES,
    ),
    QuickAction(
        gettext_lazy("Certificates and proofs"),
        "portal:certificates",
        "document-check",
        Permission.KEEP_PEOPLE,
    ),
    QuickAction(
        gettext_lazy("Poster of the weekend"), "portal:poster", "printer", Permission.OPEN_DESK
    ),
    QuickAction(
        gettext_lazy("Import and export"),
        "lists:imports",
        "arrow-up-tray",
        Permission.KEEP_REGISTER,
    ),
    QuickAction(
        gettext_lazy("Look up a resident"),
        "admin:people_resident_changelist",
        "magnifying-glass",
        Permission.KEEP_PEOPLE,
    ),
    QuickAction(
        gettext_lazy("Enter a holiday or make-up workday"),
        "admin:venues_specialday_add",
        "calendar",
        Permission.KEEP_CALENDAR,
    ),
)


def quick_actions(user: User) -> list[QuickAction]:
    return [row for row in QUICK_ACTIONS if user.may(row.permission, row.programme)]


def coming_rows(now: datetime, user: User) -> list[Row]:
    """Today's occasions and those of the weekend at hand, soonest first."""
    today = local_day(now)
    _saturday, sunday = weekend_of(today)
    start, end = moment(today), moment(sunday + timedelta(days=1))
    plans = user.may(Permission.PLAN_ACTIVITIES, PROGRAMME)
    keeps_register = user.may(Permission.KEEP_REGISTER, PROGRAMME)
    return [
        Row(
            occasion,
            _url("lecture_change", occasion) if plans else "",
            _url("sign_in_sheet", occasion) if keeps_register else "",
            reverse("door:door", args=[occasion.pk]) if _has_door(occasion, user) else "",
        )
        for occasion in occasions.occasions_between(start, end).filter(zone_day=None)
    ]


def _has_door(occasion: Occasion, user: User) -> bool:
    activity = occasion.activity
    return activity.was_announced and activity.programme.slug in programmes_kept_by(user)


def _url(name: str, occasion: Occasion) -> str:
    return reverse(f"residents_school:{name}", args=[occasion.activity_id])


def figures(rows: list[Row]) -> list[desk_parts.Figure]:
    """What the tiles on top say of the rows below them."""
    live = [row for row in rows if not row.occasion.is_called_off]
    taken = sum(row.occasion.activity.taken for row in live)
    seats = sum(row.occasion.activity.capacity for row in live)
    waiting = sum(row.waiting for row in live)
    return [
        desk_parts.Figure(len(live), _("lectures until Sunday")),
        desk_parts.Figure(taken, _("seats taken"), note=_("of %(seats)s") % {"seats": seats}),
        desk_parts.Figure(waiting, _("people waiting"), tone="amber" if waiting else "leaf"),
        desk_parts.Figure(Resident.objects.count(), _("residents in the register"), tone="plain"),
    ]


def attention(now: datetime, user: User) -> list[desk_parts.Problem]:
    """What somebody should look at, most pressing first."""
    problems = [
        *_undelivered(user),
        *_lectures_unready(now, user),
        *desk_speakers.speaker_problems(now, user),
        *desk_hours.hours_problems(now, user),
        *desk_school.school_problems(now, user),
        *desk_surveys.survey_problems(now, user),
        *_calendar_unknown(now, user),
    ]
    return sorted(problems, key=lambda problem: problem.tone != "brick")


def _undelivered(user: User) -> Iterator[desk_parts.Problem]:
    troubled = Notice.objects.filter(status__in=[Status.FAILED, Status.UNKNOWN], again=None).count()
    if troubled and user.may(Permission.SEE_DELIVERY):
        text = ngettext(
            "%(number)d message did not surely arrive.",
            "%(number)d messages did not surely arrive.",
            troubled,
        )
        yield desk_parts.Problem(
            text % {"number": troubled}, reverse("notices:trouble"), _("Look at them"), "brick"
        )


def _lectures_unready(now: datetime, user: User) -> Iterator[desk_parts.Problem]:
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    soon = planned_lectures().filter(starts_at__gt=now, starts_at__lte=now + SOON)
    for lecture in soon.filter(state=Activity.State.DRAFT):
        yield _lecture_problem(_("“%s” is not announced yet."), lecture)
    speaks = Duty.objects.filter(
        occasion__activity=OuterRef("pk"), work=Duty.Work.SPEAKER, volunteer__isnull=False
    )
    for lecture in soon.filter(~Exists(speaks), state=Activity.State.PUBLISHED):
        yield _lecture_problem(_("“%s” has no speaker yet."), lecture)


def _lecture_problem(text: str, lecture: Any) -> desk_parts.Problem:
    url = reverse("residents_school:lecture_change", args=[lecture.pk])
    return desk_parts.Problem(text % lecture.title, url, _("Open the lecture"))


def _calendar_unknown(now: datetime, user: User) -> Iterator[desk_parts.Problem]:
    if not user.may(Permission.KEEP_CALENDAR):
        return
    today = local_day(now)
    year = today.year + (today.month >= ASK_FOR_NEXT_YEAR_FROM)
    if not calendar().is_announced(year):
        yield desk_parts.Problem(
            _(
                "The holidays and make-up workdays of %(year)s are not announced yet. "
                "Until they are entered, every weekend counts as free."
            )
            % {"year": year},
            reverse("admin:venues_specialday_changelist"),
            _("Enter special days"),
        )
