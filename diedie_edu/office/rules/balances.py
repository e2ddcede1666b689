"""What is left of a sum that was approved, and when to warn."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOTHING = Decimal(0)


class Level(TextChoices):
    """How much of what was approved is spent or promised."""

    FINE = "fine", _("within the budget")
    NEARLY = "nearly", _("nearly used up")
    FULL = "full", _("used up")
    ABOVE = "above", _("above the budget")


TONES = {Level.FINE: "leaf", Level.NEARLY: "amber", Level.FULL: "amber", Level.ABOVE: "brick"}


@dataclass(frozen=True)
class Money:
    """Sums in yuan. `waiting` is the part of `spent` that waits for a sign."""

    approved: Decimal = NOTHING
    promised: Decimal = NOTHING
    spent: Decimal = NOTHING
    waiting: Decimal = NOTHING

    @property
    def used(self) -> Decimal:
        return self.spent + self.promised

    @property
    def rest(self) -> Decimal:
        """Below zero where more is spent and promised than was approved."""
        return self.approved - self.used

    @property
    def percent(self) -> int:
        """Of what was approved, whole percents; of nothing approved 100 once something is used."""
        if not self.approved:
            return 100 if self.used > 0 else 0
        return int(self.used * 100 / self.approved)

    @property
    def used_share(self) -> int:
        """For a bar: at most 100."""
        return max(0, min(100, self.percent))

    @property
    def spent_share(self) -> int:
        """The part of the bar that is spent."""
        return int(self.used_share * self.spent / self.used) if self.used > 0 else 0

    @property
    def level(self) -> Level:
        if self.rest < 0:
            return Level.ABOVE
        if not self.used or self.percent < settings.BUDGET_NEARLY_PERCENT:
            return Level.FINE
        return Level.NEARLY if self.percent < settings.BUDGET_FULL_PERCENT else Level.FULL

    @property
    def tone(self) -> str:
        return TONES[self.level]

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.approved + other.approved,
            self.promised + other.promised,
            self.spent + other.spent,
            self.waiting + other.waiting,
        )


def total(sums: Iterable[Money]) -> Money:
    return sum(sums, start=Money())
