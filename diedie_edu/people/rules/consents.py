"""Decisions on a guardian's consent, pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Consent, ConsentText, Resident
from diedie_edu.people.rules import residents

DAY = timedelta(days=1)
ASKED_AT_LEAST = timedelta(days=14)


def check_text_is_in_force(text: ConsentText, in_force: ConsentText | None) -> None:
    """PIPL art. 14: whoever agrees agrees to what holds now; a changed text is asked anew."""
    if in_force is None or text.pk != in_force.pk:
        raise Refused(
            "other_text",
            _("The text has changed in the meantime. Please read it once more."),
        )


def can_consent_for(guardian: Resident, child: Resident, today: date) -> bool:
    """PIPL art. 31: a guardian consents, who is no child and not the child."""
    return guardian.pk != child.pk and not residents.is_child(guardian.birth_date, today)


def check_child_is_open(child: Resident) -> None:
    """PIPL art. 15: from the moment the consent ends, nothing new is stored."""
    if child.is_locked:
        raise _consent_has_ended()


def check_is_consented(child: Resident, consents: Iterable[Consent], today: date) -> None:
    """PIPL art. 31: nobody under 14 without a consent (`consents`: those that hold today), not
    even in the hours until one that has run out is ended."""
    if residents.is_child(child.birth_date, today) and not list(consents):
        raise _consent_has_ended()


def _consent_has_ended() -> Refused:
    return Refused(
        "locked",
        _(
            "The consent for this child has ended, so nothing new can be entered. "
            "A guardian can give it again on the child's page."
        ),
    )


def check_may_end(consent: Consent) -> None:
    """House rule: what has ended cannot end again."""
    if consent.is_ended:
        raise Refused("ended", _("This consent has ended already."))


def erase_on(consent: Consent, today: date) -> date:
    """PIPL art. 47: erased after the days that the text promised, counted from today, or from the
    day on which it had run out; never before tomorrow, so that guardians hear of it."""
    ended = min(today, consent.valid_until + DAY)
    return max(ended + timedelta(days=consent.text.erase_days), today + DAY)


def ends_for_a_newer(text: ConsentText, today: date) -> date | None:
    """House rule: the last day of consents to an older text, where there is a newer one that
    guardians are asked for; some days ahead, whatever was typed in."""
    return max(text.ask_until, today + ASKED_AT_LEAST) if text.ask_until else None
