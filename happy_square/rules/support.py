"""What may be written down as support; pure."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from happy_square.models import Support


def check_support(sort: str, amount: Decimal | None, given_on: date, today: date) -> None:
    """Plan 五(二) 经费: what was given, not what is planned; of money how much."""
    if given_on > today:
        raise Refused("ahead", _("Please choose a day that has come."), "given_on")
    if sort == Support.Sort.MONEY and amount is None:
        raise Refused("no_amount", _("Please say how much money it was."), "amount")
