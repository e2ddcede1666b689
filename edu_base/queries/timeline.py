"""What of a year's campaign is due and late: from its milestones, events, classes and grants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries.events import with_occasion
from diedie_edu.common.days import local_day
from diedie_edu.common.money import figures
from edu_base.models import CampaignEvent, GrantFund, Intake, Milestone, OfferInterest, SchemeYear
from edu_base.models.states import REVIEWED
from edu_base.queries import grants
from edu_base.rules.campaign import ASKED_AFTER, NOTICE, PLAN_BY, TO_PLAN

MONTH = timedelta(days=30)
LATE, DUE, AHEAD, DONE = "late", "due", "ahead", "done"


@dataclass(frozen=True)
class Line:
    """One line of the timeline: by which day, what, and where it is done."""

    day: date
    text: str
    state: str
    url: str = ""
    note: str = ""
    milestone: Milestone | None = None


def state_of(day: date, today: date, *, done: bool = False, since: date | None = None) -> str:
    """Late once its day is over; due from `since` on, or within two weeks."""
    if done:
        return DONE
    if day < today:
        return LATE
    return DUE if (since or day - NOTICE) <= today else AHEAD


def timeline(year: int, now: datetime) -> list[Line]:
    """All of a year, in the order of the days; in a fixed number of queries."""
    today = local_day(now)
    sources = (_milestones, _events, _unplanned, _classes, _nominations, _grants, _offers)
    lines = [line for source in sources for line in source(year, today)]
    return sorted(lines, key=lambda line: (line.day, line.text))


def pressing(year: int, now: datetime) -> list[Line]:
    """What is late or due."""
    return [line for line in timeline(year, now) if line.state in (LATE, DUE)]


def events_of(year: int) -> list[CampaignEvent]:
    rows = with_occasion(CampaignEvent).filter(is_dropped=False, starts_at__year=year)
    return list(rows.order_by("starts_at", "pk"))


def _milestones(year: int, today: date) -> Iterator[Line]:
    for row in Milestone.objects.filter(year=year):
        state = state_of(row.due_on, today, done=row.done_at is not None, since=row.starts_on)
        url = reverse("edu_base:milestone", args=[row.pk])
        yield Line(row.due_on, row.title, state, url, milestone=row)


def _events(year: int, today: date) -> Iterator[Line]:
    for event in events_of(year):
        url = reverse("edu_base:event_prepare", args=[event.pk])
        day = local_day(event.occasion.starts_at)
        if event.is_called_off:
            yield Line(day, event.title, DONE, url, _("called off"))
        elif event.state == Activity.State.DRAFT:
            state = LATE if day - NOTICE < today else state_of(day - NOTICE, today)
            yield Line(day, event.title, state, url, _("not announced yet"))
        else:
            yield Line(day, event.title, state_of(day, today, done=day < today), url)


def _unplanned(year: int, today: date) -> Iterator[Line]:
    """Plan 六(二): what takes place every year, and by which day."""
    if not SchemeYear.objects.filter(year=year).exists():
        return
    planned = {one.kind for one in events_of(year) if not one.is_called_off}
    for kind, (month, day) in PLAN_BY.items():
        if kind not in planned:
            by = date(year, month, day)
            words = _("Plan it: %(event)s") % {"event": kind.label}
            yield Line(by, words, state_of(by - TO_PLAN, today), reverse("edu_base:event_create"))


def _classes(year: int, today: date) -> Iterator[Line]:
    undecided = Count("applications", Q(applications__state__in=REVIEWED))
    for row in Intake.objects.filter(year=year).annotate(undecided=undecided):
        opens = _("Applications open: %(title)s") % {"title": row.title}
        yield Line(row.opens_on, opens, state_of(row.opens_on, today, done=row.opens_on <= today))
        closes = _("Applications close: %(title)s") % {"title": row.title}
        is_over = row.closes_on < today
        yield Line(
            row.closes_on, closes, state_of(row.closes_on, today, done=is_over, since=row.opens_on)
        )
        if is_over and row.undecided:
            words = ngettext(
                "%(number)s application of %(title)s waits to be decided",
                "%(number)s applications of %(title)s wait to be decided",
                row.undecided,
            )
            by = row.closes_on + MONTH
            about = {"number": row.undecided, "title": row.title}
            yield Line(by, words % about, state_of(by, today, since=row.closes_on))


def _nominations(year: int, today: date) -> Iterator[Line]:
    for row in SchemeYear.objects.filter(year=year, allotments_end_on__isnull=False):
        day = row.allotments_end_on
        assert day is not None
        yield Line(day, _("Nominations by enterprises end"), state_of(day, today, done=day < today))


def _grants(year: int, today: date) -> Iterator[Line]:
    for line in grants.lines_of(list(GrantFund.objects.filter(year=year))):
        if line.open.number:
            by = line.fund.approved_on + 2 * MONTH
            words = _("To be paid: %(amount)s of “%(title)s”") % {
                "amount": figures(line.open.amount),
                "title": line.fund.title,
            }
            url = reverse("edu_base:fund", args=[line.fund.pk])
            yield Line(by, words, state_of(by, today, since=line.fund.approved_on), url)


def _offers(year: int, today: date) -> Iterator[Line]:
    """Residents who were asked and have not answered: staff call them."""
    asked = OfferInterest.objects.filter(asked_at__isnull=False, answer="")
    silent = asked.values_list("offer__event").annotate(Count("pk"))
    waiting = dict(silent.order_by())
    for event in events_of(year):
        if number := waiting.get(event.pk):
            words = ngettext(
                "%(number)s resident has not said what became of an offer",
                "%(number)s residents have not said what became of an offer",
                number,
            )
            by = local_day(event.occasion.ends_at) + ASKED_AFTER + NOTICE
            url = reverse("edu_base:event_prepare", args=[event.pk])
            yield Line(by, words % {"number": number}, state_of(by, today), url, event.title)
