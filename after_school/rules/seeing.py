"""Whether staff have seen who answers for a child: anybody can enrol one.

The database asks the same where a child is handed over (`after_school_check_hand_over`).
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, GuardianRight, Presence
from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused


def needs_document(collector: Collector, rights: Collection[GuardianRight]) -> bool:
    """House rule: a guardian whom staff have not seen yet takes the child by a document alone."""
    seen = {row.guardian_id for row in rights if row.is_seen}
    return collector.guardian_id is not None and collector.guardian_id not in seen


def is_by_unseen(account: int, rights: Collection[GuardianRight]) -> bool:
    """House rule: whom a guardian names, gives a pass or lets walk counts once staff have seen
    that guardian. `account` (id) is whoever said it; `rights` carry their guardians."""
    return any(row.account == account and not row.is_seen for row in rights)


def check_document(
    collector: Collector, how: str, rights: Collection[GuardianRight], by: int
) -> None:
    """House rule: as `needs_document`, shown to somebody else than `by` (account's id). Raises
    `Refused` (`unseen` or `own`)."""
    if not needs_document(collector, rights):
        return
    own = {row.guardian_id for row in rights if row.account == by}
    if collector.guardian_id in own:
        raise Refused("own", _("Let a colleague confirm you: nobody confirms themselves."))
    if how != Presence.Check.DOCUMENT:
        raise Refused(
            "unseen",
            _(
                "None of us has seen %s yet. Look at their identity document and a paper that "
                "shows the child is theirs, then tap “showed a document”."
            )
            % collector.full_name,
            "how",
        )


def check_word_counts(account: int, rights: Collection[GuardianRight]) -> None:
    """House rule: as `is_by_unseen`. Raises `Refused` (`unconfirmed`)."""
    if is_by_unseen(account, rights):
        raise Refused(
            "unconfirmed",
            _(
                "The guardian who says so has not been seen by us yet, so it does not count. Keep "
                "the child with you and call the guardian to come with a document."
            ),
        )


def check_is_seen(right: GuardianRight | None) -> None:
    """House rule: staff write nobody down for the gate at the word of a voice on the phone."""
    if right is not None and not right.is_seen:
        raise Refused(
            "unconfirmed",
            _("None of us has seen this guardian yet. Please let them come with a document first."),
            "asked_by",
        )


def check_collector(collector: Collector, rights: Collection[GuardianRight]) -> None:
    """House rule: as `is_by_unseen`, of somebody named. Raises `Refused` (`unconfirmed`)."""
    if collector.guardian_id is None:
        check_word_counts(collector.named_by_id, rights)


def check_sight(right: GuardianRight, how: str, reference: str, by: User) -> None:
    """House rule: a colleague sees who is a guardian themselves; a paper says where it lies."""
    if right.account == by.pk:
        raise Refused("own", _("Let a colleague confirm you: nobody confirms themselves."))
    if how == GuardianRight.Seen.PAPER and not reference:
        raise Refused("no_reference", _("Say where the paper lies."), "reference")
