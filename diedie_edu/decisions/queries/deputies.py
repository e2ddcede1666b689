"""Who stands in for whom."""

from datetime import date

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.decisions.models import Deputy


def standing_in(today: date) -> QuerySet[Deputy]:
    """Those of a day."""
    return Deputy.objects.filter(first_day__lte=today, last_day__gte=today, ended_at=None)


def capacities(user: User, today: date) -> list[User]:
    """The account, then those it stands in for today: with whose rights it may decide."""
    if not user.may_open_desk:
        return [user]
    away = standing_in(today).filter(deputy=user).values("account")
    others = User.objects.filter(pk__in=away, is_active=True).prefetch_related("role_grants")
    return [user, *others.order_by("pk")]


def deputies_ahead(user: User, today: date) -> QuerySet[Deputy]:
    """Whoever stands in for the account, for whom it does, and whom it named for others, today
    and later."""
    ahead = Deputy.objects.filter(last_day__gte=today, ended_at=None)
    own = ahead.filter(Q(account=user) | Q(deputy=user) | Q(named_by=user))
    return own.select_related("account", "deputy").order_by("first_day", "pk")
