"""What may be asked, decided and taken back, and who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.rules import can_keep
from diedie_edu.common.errors import Refused
from diedie_edu.decisions.kinds import kind_of
from diedie_edu.decisions.models import DECIDED, Deputy, Request, State

NEEDS_A_REASON = (State.RETURNED, State.REFUSED)


@dataclass(frozen=True)
class Decision:
    """What somebody decides: one of `DECIDED`, on the content that was on their screen."""

    what: str
    seen: str
    reason: str = ""


def can_decide(account: User, request: Request) -> bool:
    """House rule: by the right that the kind asks for, and never on what is one's own."""
    permission = kind_of(request).permission
    return not is_own(account, request) and account.may(permission, request.programme)


def is_own(account: User, request: Request) -> bool:
    """House rule: whether the account asked for it or had a hand in what it is about."""
    return account.pk == request.asked_by_id or request.subject in kind_of(request).authored(
        account
    )


def check_capacity(by: User, accounts: Iterable[User], request: Request) -> User:
    """House rule: whose right `by` decides with: the own, else that of one of the `accounts` which
    `by` stands in for. Nobody decides on what they asked for, as a deputy neither.

    Raises `Refused` (`own`, `not_yours`).
    """
    if is_own(by, request):
        raise Refused("own", _("You had a hand in this yourself, so somebody else decides."))
    found = next((account for account in accounts if can_decide(account, request)), None)
    if found is None:
        raise Refused("not_yours", _("Somebody else decides this."))
    return found


def check_is_waiting(request: Request) -> None:
    """House rule: a request is decided once; what was returned waits for whoever asked."""
    if not request.is_waiting:
        raise Refused(
            "not_waiting",
            _("This does not wait for a decision any more: %(state)s.")
            % {"state": request.get_state_display()},
        )


def check_decision(decision: Decision, shown: str, may_refuse: bool = True) -> None:
    """House rule: what is decided is what stood on the screen, and a no has a reason.

    `shown` is the content as it stands now. Raises `Refused` (`changed`, `no_reason`).
    """
    if decision.what not in DECIDED or (decision.what == State.REFUSED and not may_refuse):
        raise ValueError(decision.what)
    if decision.what in NEEDS_A_REASON and not decision.reason.strip():
        raise Refused(
            "no_reason", _("Please write the reason: whoever asked will read it."), "reason"
        )
    if decision.seen != shown:
        raise Refused(
            "changed",
            _(
                "This was changed while you were reading. Nothing is decided yet; please look "
                "again."
            ),
        )


def check_may_ask_again(request: Request, by: User) -> None:
    """House rule: a request is of one person, who alone changes it; so nobody slips something
    into it that they then decide."""
    if by.pk != request.asked_by_id:
        raise Refused("not_yours", _("Somebody else has asked for this already."))


def check_may_withdraw(request: Request, by: User) -> None:
    """House rule: whoever asked may take it back until it is decided."""
    if by.pk != request.asked_by_id:
        raise Refused("not_yours", _("Only whoever asked for this can take it back."))
    if not request.is_open:
        raise Refused("decided", _("This has been decided, so it cannot be taken back any more."))


def check_may_name_deputy(account: User, deputy: User, by: User) -> None:
    """House rule: everybody names their own deputy; for somebody who cannot, whoever may keep
    their account. A deputy works at the desk."""
    if by != account and not can_keep(by, account):
        raise Refused("not_yours", _("You can name a deputy for yourself alone."), "account")
    if account == deputy:
        raise Refused("same", _("A deputy is somebody else."), "deputy")
    if not deputy.may_open_desk:
        raise Refused("no_desk", _("This account cannot open the staff pages."), "deputy")


def check_days(first_day: date, last_day: date, today: date) -> None:
    """House rule: a deputy stands in for days that are not over."""
    if last_day < max(first_day, today):
        raise Refused(
            "ends_early", _("The last day comes after the first and is not over."), "last_day"
        )


def check_may_end_deputy(deputy: Deputy, by: User) -> None:
    """House rule: whoever may name it ends it; what has ended stays as it was."""
    if by.pk != deputy.account_id and not can_keep(by, deputy.account):
        raise Refused("not_yours", _("You can end only your own deputies."))
    if deputy.ended_at:
        raise Refused("ended", _("This has ended already."))
