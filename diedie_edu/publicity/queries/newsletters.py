"""A month's newsletter, drafted from what took place and what is ahead."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.activities.traits import in_calendar
from diedie_edu.common.days import local, local_day, moment, short_day_text, time_text
from diedie_edu.common.manifests import programmes
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.queries.posts import in_public

DAY = timedelta(days=1)
MOST = 12  # activities of one programme, and days ahead


@dataclass
class Took:
    """An activity that took place in the month: on which days, and how many came in all."""

    title: str
    days: list[datetime] = field(default_factory=list)
    visits: int = 0


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def title_of(first: date, programme: str) -> str:
    month = date_format(first, "YEAR_MONTH_FORMAT")
    if programme:
        names = {"month": month, "programme": programmes()[programme].title}
        return _("%(programme)s: newsletter of %(month)s") % names
    return _("Community learning: newsletter of %(month)s") % {"month": month}


def text_of(first: date, programme: str, now: datetime) -> str:
    """Markdown: what took place in the month that begins on `first`, news, what comes next. Of one
    programme, or (empty) of all; three queries, however much there is."""
    slugs = [programme] if programme else list(programmes())
    following = month_after(first)
    parts = [
        *_look_back(first, following, slugs, now),
        *_news(first, following, programme, now),
        *_look_ahead(following, slugs, now),
    ]
    return "\n".join(parts).strip() + "\n"


def _occasions(first: date, end: date, slugs: Collection[str]) -> QuerySet[Occasion]:
    rows = Occasion.objects.filter(
        announced("activity__"),
        activity__programme__slug__in=slugs,
        is_called_off=False,
        starts_at__gte=moment(first),
        starts_at__lt=moment(end),
    )
    return rows.select_related("activity__programme", "venue").order_by("starts_at")


def _look_back(first: date, end: date, slugs: Collection[str], now: datetime) -> Iterator[str]:
    """What took place, each activity in one line: the afternoons of a school term too."""
    past = _occasions(first, end, slugs).filter(ends_at__lte=now)
    found: dict[str, dict[int, Took]] = {slug: {} for slug in slugs}
    for row in past.annotate(came=Count("attendances")):
        of_programme = found[row.activity.programme.slug]
        took = of_programme.setdefault(row.activity_id, Took(row.activity.title))
        took.days.append(local(row.starts_at))
        took.visits += row.came
    if any(found.values()):
        yield _("## What took place") + "\n"
    for slug, activities in found.items():
        yield from _of_programme(slug, list(activities.values()), len(slugs) > 1)


def _of_programme(slug: str, rows: list[Took], is_named: bool) -> Iterator[str]:
    if not rows:
        return
    if is_named:
        yield f"### {programmes()[slug].title}\n"
    times = sum(len(row.days) for row in rows)
    yield _total(times, sum(row.visits for row in rows)) + "\n"
    yield from (f"- {_line(row)}" for row in rows[:MOST])
    yield from _more(len(rows))
    yield ""


def _total(times: int, visits: int) -> str:
    said = ngettext("It took place %(number)d time", "It took place %(number)d times", times)
    came = ngettext("with %(number)d visit.", "with %(number)d visits.", visits)
    return f"{said % {'number': times}}{_(', ')}{came % {'number': visits}}"


def _line(row: Took) -> str:
    """Names of activities are typed by people, so nothing in them counts as Markdown."""
    when = short_day_text(local_day(row.days[0]))
    if len(row.days) > 1:
        when = ngettext("%(number)d time", "%(number)d times", len(row.days)) % {
            "number": len(row.days)
        }
    visits = ngettext("%(number)d visit", "%(number)d visits", row.visits) % {"number": row.visits}
    return " · ".join([f"**{_plain(row.title)}**", when, *([visits] if row.visits else [])])


def _plain(title: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>!#|" else sign for sign in title)


def _more(number: int) -> Iterator[str]:
    if number > MOST:
        left = number - MOST
        yield "- " + ngettext("and %(number)d more", "and %(number)d more", left) % {"number": left}


def _news(first: date, end: date, programme: str, now: datetime) -> Iterator[str]:
    rows: QuerySet[Post] = in_public(now, programme).filter(
        publish_at__gte=moment(first), publish_at__lt=moment(end)
    )
    links = [f"- [{_plain(row.title)}]({reverse('publicity:post', args=[row.pk])})" for row in rows]
    if links:
        yield from (_("## News of the month") + "\n", *links, "")


def _look_ahead(first: date, slugs: Collection[str], now: datetime) -> Iterator[str]:
    """Day by day, so without what the calendar leaves out as daily."""
    ahead = _occasions(first, month_after(first), slugs).filter(starts_at__gt=now)
    rows = list(in_calendar(ahead))
    if not rows:
        return
    yield _("## What comes next") + "\n"
    for row in rows[:MOST]:
        start = local(row.starts_at)
        when = f"{short_day_text(local_day(start))} {time_text(start)}"
        yield f"- {when} · **{_plain(row.activity.title)}** · {_plain(row.venue.title)}"
    yield from _more(len(rows))
