"""What staff's group chats hear: alerts, in words of their own.

Whoever is in the chat reads them, and the portal does not know who that is: no name of a person, no
phone, and no link that opens without signing in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.wording import Msgid


@dataclass(frozen=True)
class Alert:
    """A sort of alerts, by which it is chosen what a robot says."""

    code: str
    label: Msgid


@dataclass(frozen=True)
class Group:
    """What a kind says there: `words`, whose placeholders are of FACTS alone, and the page (`link`)
    behind sign-in that whoever sees to it opens."""

    alert: Alert
    words: Msgid
    link: str


CHILDREN = Alert("children", _("Alarms about children"))
CALLED_OFF = Alert("called_off", _("Days and occasions that are called off"))
REQUESTS = Alert("requests", _("Requests, budgets and plans that wait for a decision"))
PORTAL = Alert("portal", _("The portal itself: messages that stand still, back-ups"))
ALERTS = (CHILDREN, CALLED_OFF, REQUESTS, PORTAL)  # to choose from
TRIAL = Alert("trial", _("A trial"))  # said by the one robot that is tried

# All that a robot's message keeps of what happened: nothing here says who somebody is.
FACTS = {
    *("title", "starts_at", "what_zh", "what_en", "due_on", "day_on", "first_on", "last_on"),
    *("number", "sent_at", "activity", "session", "request"),
}


def facts_for_all(data: Mapping[str, Any]) -> dict[str, Any]:
    """What of a message's data whoever is in the chat may read."""
    return {name: value for name, value in data.items() if name in FACTS}
