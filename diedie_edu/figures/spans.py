"""The spans of days for which figures are read; pure. Days by the wall clock here."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.days import moment

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SEPTEMBER, FEBRUARY = 9, 2
FIRST_YEAR, LAST_YEAR = 2000, 2100


class SpanKind(TextChoices):
    YEAR = "year", pgettext_lazy("a span of days", "Year")
    SCHOOL = "school", pgettext_lazy("a span of days", "School year")
    TERM = "term", pgettext_lazy("a span of days", "Term")
    MONTH = "month", pgettext_lazy("a span of days", "Month")
    WEEK = "week", pgettext_lazy("a span of days", "Week")
    DAYS = "days", pgettext_lazy("a span of days", "Days")


K = SpanKind


@dataclass(frozen=True)
class Span:
    """From `first_day` to `last_day`, both included; of a `kind` other than DAYS a whole one."""

    first_day: date
    last_day: date
    kind: SpanKind = SpanKind.DAYS

    @property
    def starts_at(self) -> datetime:
        """The midnight with which it begins."""
        return moment(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The midnight that belongs to it no more."""
        return moment(self.last_day + DAY)

    @property
    def year(self) -> int:
        """In which it begins: that of a scheme with a target for each year."""
        return self.first_day.year

    @property
    def key(self) -> str:
        """For addresses: "year-2026", "term-2026-09", "week-2026-11-23", "days-2026-01-01-…"."""
        if self.kind == K.DAYS:
            return f"days-{self.first_day}-{self.last_day}"
        if self.kind in (K.TERM, K.MONTH):
            return f"{self.kind}-{self.first_day:%Y-%m}"
        if self.kind == K.WEEK:
            return f"{self.kind}-{self.first_day}"
        return f"{self.kind}-{self.year}"

    @property
    def title(self) -> str:
        years = {"year": self.year, "next": self.year + 1, "before": self.year - 1}
        if self.kind == K.YEAR:
            return _("%(year)s") % years
        if self.kind == K.SCHOOL:
            return _("School year %(year)s/%(next)s") % years
        if self.kind == K.TERM and self.first_day.month == SEPTEMBER:
            return _("First term %(year)s/%(next)s") % years
        if self.kind == K.TERM:
            return _("Second term %(before)s/%(year)s") % years
        if self.kind == K.MONTH:
            return date_format(self.first_day, "YEAR_MONTH_FORMAT")
        return f"{date_format(self.first_day)} – {date_format(self.last_day)}"

    @property
    def year_before(self) -> "Span":
        """The same span, a year earlier; a week is compared with the one 52 weeks before."""
        if self.kind == K.WEEK:
            return span_on(K.WEEK, self.first_day - 52 * WEEK)
        return self._moved(-1) if self.kind != K.DAYS else _a_year_back(self)

    @property
    def previous(self) -> "Span":
        """The one of its kind that ends when this one begins."""
        return span_on(self.kind, self.first_day - DAY)

    @property
    def following(self) -> "Span":
        return span_on(self.kind, self.last_day + DAY)

    def until(self, today: date) -> "Span":
        """As much of it as is over or goes on, so that it is compared with the same days of another
        year; all of it before it begins."""
        if not self.first_day <= today < self.last_day:
            return self
        return replace(self, last_day=today, kind=K.DAYS)

    def _moved(self, years: int) -> "Span":
        return span_on(self.kind, self.first_day.replace(year=self.year + years))


def span_on(kind: SpanKind | str, day: date) -> Span:
    """The span of a kind that holds a day; of DAYS that day alone.

    House rule: a school year lasts from September to August, its first term until January.
    """
    year, month = day.year, day.month
    school = year if month >= SEPTEMBER else year - 1
    if kind == K.YEAR:
        return Span(date(year, 1, 1), date(year, 12, 31), K.YEAR)
    if kind == K.SCHOOL:
        return Span(date(school, 9, 1), date(school + 1, 8, 31), K.SCHOOL)
    if kind == K.TERM and FEBRUARY <= month < SEPTEMBER:
        return Span(date(year, 2, 1), date(year, 8, 31), K.TERM)
    if kind == K.TERM:
        return Span(date(school, 9, 1), date(school + 1, 1, 31), K.TERM)
    if kind == K.MONTH:
        first = date(year, month, 1)
        return Span(first, (first + 31 * DAY).replace(day=1) - DAY, K.MONTH)
    if kind == K.WEEK:
        monday = day - day.weekday() * DAY
        return Span(monday, monday + 6 * DAY, K.WEEK)
    return Span(day, day)


def span_between(first_day: date, last_day: date) -> Span:
    """Whatever span these days are, of its kind where they are a whole one."""
    found = (span_on(kind, first_day) for kind in SpanKind if kind != K.DAYS)
    whole = (one for one in found if (one.first_day, one.last_day) == (first_day, last_day))
    return next(whole, Span(first_day, last_day))


def span_of(key: str) -> Span:
    """The span of a `Span.key`. Raises `ValueError` for anything else."""
    if days := re.fullmatch(r"days-(\d{4}-\d\d-\d\d)-(\d{4}-\d\d-\d\d)", key):
        first, last = map(date.fromisoformat, days.groups())
        if not (first.year >= FIRST_YEAR and first <= last and last.year <= LAST_YEAR):
            raise ValueError(key)
        return Span(first, last)
    if week := re.fullmatch(r"week-(\d{4}-\d\d-\d\d)", key):
        return _as_named(span_on(K.WEEK, date.fromisoformat(week[1])), key)
    named = re.fullmatch(r"(year|school|term|month)-(\d{4})(?:-(\d\d))?", key)
    if named is None or not FIRST_YEAR <= int(named[2]) <= LAST_YEAR:
        raise ValueError(key)
    month = SEPTEMBER if named[1] == K.SCHOOL else int(named[3] or 1)
    return _as_named(span_on(named[1], date(int(named[2]), month, 1)), key)


def _as_named(span: Span, key: str) -> Span:
    """Raises `ValueError` where the key does not name its first day."""
    if span.key != key or not FIRST_YEAR <= span.first_day.year <= LAST_YEAR:
        raise ValueError(key)
    return span


def _a_year_back(span: Span) -> Span:
    first, last = (_in_year(day, day.year - 1) for day in (span.first_day, span.last_day))
    return Span(first, last)


def _in_year(day: date, year: int) -> date:
    """29 February is the 28th in another year."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
