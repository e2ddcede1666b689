"""What is typed to prove that an account is one's own, counted; and whoever keeps accounts hears
where strangers ask for more codes, or guess more often, than the house allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.notices.queries.names import register_name
from diedie_edu.notices.wording import WHEN
from diedie_edu.portal.sign_in.messages import HOUSE_IS_FULL
from diedie_edu.portal.sign_in.rules import check_is_owner

ANSWERS = Throttle("owner question", "OWNER_QUESTION_TRIES", timedelta(days=1))


@contextmanager
def alarming() -> Iterator[None]:
    """The refusal has undone what its block wrote; the alarm is written after that, by day and by
    night, once an hour."""
    try:
        yield
    except Refused as refusal:
        if refusal.code == "house_is_full":
            _alarm(local_now())
        raise


def _alarm(now: datetime) -> None:
    notify(
        kind=HOUSE_IS_FULL,
        accounts=list(accounts_with(Permission.KEEP_ACCOUNTS).values_list("pk", flat=True)),
        subject=HOUSE_IS_FULL.code,
        revision=f"{now:%Y-%m-%d %H}",
        data={WHEN: now.isoformat()},
        now=now,
    )


def answer_as_owner(*, user: User, typed: str, now: datetime) -> None:
    """The name on our lists, or how we address an account without a person. Every answer counts.

    Raises `Refused` (`too_many_answers`, `not_the_owner`). Not to be called within a transaction.
    """
    if ANSWERS.is_too_many(str(user.pk), now):
        raise Refused(
            "too_many_answers",
            _("That was wrong several times. Please come to the service desk, or call us."),
            "full_name",
        )
    check_is_owner(typed, register_name(user))
