"""The figures of a programme, or of all together, in a span: the one way to read them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of, programmes
from diedie_edu.figures.kinds import ALL, NOTHING, Indicator, OwnWay, Sheet, Topic, Value
from diedie_edu.figures.spans import Span

MORE = gettext_lazy("%(number)s more than a year before (%(before)s)")
LESS = gettext_lazy("%(number)s less than a year before (%(before)s)")
POINTS_MORE = gettext_lazy("%(number)s points more than a year before (%(before)s%%)")
POINTS_LESS = gettext_lazy("%(number)s points less than a year before (%(before)s%%)")


@dataclass(frozen=True)
class Reading:
    """An indicator of one programme in one span, beside the same days of the year before."""

    indicator: Indicator
    programme: str
    span: Span
    value: Value
    before: Value
    target: int | Decimal | None

    @property
    def whose(self) -> str:
        found = programmes().get(self.programme)
        return str(found.title if found else _("All together"))

    @property
    def number(self) -> str:
        """As it stands in large letters: 1,234 or 62%."""
        if not self.value:
            return "–"
        if self.indicator.is_share:
            return "–" if self.value.percent is None else f"{self.value.percent}%"
        return written(self.value.number)

    @property
    def note(self) -> str:
        """What stands under it: of how many; against which target; that there is nothing yet."""
        if self.target is not None:
            words = {"number": written(self.value.number or 0), "target": written(self.target)}
            return _("%(number)s of a target of %(target)s") % words
        if not self.value:
            return _("no data yet")
        if self.indicator.is_share or self.value.whole is not None:
            words = {"number": written(self.value.number), "whole": written(self.value.whole or 0)}
            if isinstance(self.value.whole, Decimal):
                return _("%(number)s of %(whole)s yuan") % words
            return _("%(number)s of %(whole)s") % words
        return ""

    @property
    def still_open(self) -> str:
        """How far the target is, in words; empty without one."""
        if self.target is None:
            return ""
        rest = self.target - (self.value.number or 0)
        if rest <= 0:
            return _("target reached")
        return _("%(number)s to go") % {"number": written(rest)}

    @property
    def is_reached(self) -> bool:
        return self.target is not None and (self.value.number or 0) >= self.target

    @property
    def share_of_target(self) -> str:
        """The length of its bar, never more than the whole."""
        part = min(self.value.number or 0, self.target or 0)
        return f"{100 * part / (self.target or 1):.1f}%"

    @property
    def change(self) -> str:
        """Against the year before, in words; a first year has nothing to be compared with."""
        if not self.value or self.indicator.is_standing:
            return ""
        now, then = self._compared(self.value), self._compared(self.before)
        if not then or now is None:
            return _("no comparison yet")
        if now == then:
            return _("as many as a year before")
        words = {"number": written(abs(Decimal(now) - then)), "before": written(then)}
        more, less = (POINTS_MORE, POINTS_LESS) if self.indicator.is_share else (MORE, LESS)
        return str(more if now > then else less) % words

    @property
    def is_compared(self) -> bool:
        return bool(self.value and self._compared(self.before))

    def _compared(self, value: Value) -> int | Decimal | None:
        return value.percent if self.indicator.is_share else value.number

    def list_url(self, user: User) -> str:
        return self.indicator.list_url(user, self.programme, self.span)


class Figures:
    """Of one span as it stands at `now`; what several programmes need is read once."""

    def __init__(
        self,
        span: Span,
        now: datetime,
        only: Collection[str] | None = None,
        topic: Topic | None = None,
    ) -> None:
        """`only` some indicators (their slugs); of all activities, or of those about a topic."""
        self.span, self.sheet = span, Sheet(span, now, topic)
        self.before = Sheet(span.until(self.sheet.today).year_before, now, topic)
        self._only = only

    def of(self, programme: str) -> list[Reading]:
        """In their places; ALL has what every programme counts."""
        shown = [row for row in self._indicators if row.programme in ("", programme)]
        return [self.reading(row, programme) for row in shown]

    def reading(self, row: Indicator, programme: str) -> Reading:
        own = self._own_ways.get((row.slug, programme))
        shown = replace(row, definition=own.definition, list_url=own.list_url) if own else row
        value = self._value(row, programme, self.sheet)
        before = NOTHING if row.is_standing else self._value(row, programme, self.before)
        return Reading(shown, programme, self.span, value, before, row.target(self.span))

    def _value(self, row: Indicator, programme: str, sheet: Sheet) -> Value:
        if own := self._own_ways.get((row.slug, programme)):
            return sheet.read(own.of)
        if programme == ALL and row.is_summed:
            return sum((self._value(row, slug, sheet) for slug in programmes()), NOTHING)
        return sheet.read(row.of).get(programme, NOTHING)

    @cached_property
    def _indicators(self) -> list[Indicator]:
        rows = sorted(parts_of(Indicator), key=lambda row: row.place)
        return [row for row in rows if self._only is None or row.slug in self._only]

    @cached_property
    def _own_ways(self) -> dict[tuple[str, str], OwnWay]:
        return {(own.indicator, own.programme): own for own in parts_of(OwnWay)}


def figures_of(programme: str, span: Span, now: datetime) -> list[Reading]:
    """Of a programme (slug), or ALL, as it stands at `now`."""
    return Figures(span, now).of(programme)


def written(number: int | Decimal | None) -> str:
    """With a sign between the thousands, money with its fen: 1,234; 7.5; 19,000.00."""
    text = f"{number or 0:,}"
    return text if text.endswith(".00") else text.removesuffix(".0")
