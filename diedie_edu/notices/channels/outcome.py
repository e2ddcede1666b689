"""What is handed to a gateway, and how its answer is understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from diedie_edu.notices.models import Reason, Robot, Status


@dataclass(frozen=True)
class Letter:
    """One message ready to go; `reference` is the same at every attempt.

    Of a text message `template` and `variables` say the same as `text`, for providers that take
    approved templates only (`kinds.Kind.template`). By WeChat they are all there is, and `url`.
    `robot` is who says it in a group chat.
    """

    reference: str
    address: str
    title: str
    text: str
    template: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    robot: Robot | None = None
    url: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a call ended: SENT, UNKNOWN, FAILED (refused for good) or QUEUED (not sent, try again).

    `retry_after` is the pause in seconds that the gateway asks for this message. Where it is
    `ailing` other messages would fare no better at the moment. `detail` is technical, such as
    "HTTP 503", and holds nothing personal. `gateway_id` is the gateway's own number of it.
    """

    status: Status
    reason: Reason
    detail: str = ""
    retry_after: float = 0
    ailing: bool = False
    gateway_id: str = ""


@dataclass(frozen=True)
class Sent:
    """A call of which nobody knows how it ended, as the gateway may be asked about it."""

    reference: str
    address: str
    at: datetime


@dataclass(frozen=True)
class Report:
    """What a gateway says of a message afterwards: DELIVERED or FAILED, by our reference or, where
    it does not give that back, by its own number."""

    status: Status
    detail: str = ""
    reference: UUID | None = None
    gateway_id: str = ""


def accepted(detail: str = "", *, gateway_id: str = "") -> Outcome:
    return Outcome(Status.SENT, Reason.ACCEPTED, detail, gateway_id=gateway_id)


def not_sent(
    reason: Reason, detail: str = "", *, retry_after: float = 0, ailing: bool = False
) -> Outcome:
    """It is certain that nothing went out, and another try may help."""
    return Outcome(Status.QUEUED, reason, detail, retry_after, ailing)


def refused(detail: str) -> Outcome:
    """It is certain that nothing went out, and no other try will help."""
    return Outcome(Status.FAILED, Reason.REFUSED, detail)


def not_approved(template: str) -> Outcome:
    """It was not handed over: the provider has approved no such template. Whoever does not hear in
    another way is called; approved afterwards, it may have come too late."""
    return Outcome(Status.SUPPRESSED, Reason.NO_TEMPLATE, template)


def unwanted(detail: str) -> Outcome:
    """It was not sent: its addressee wants none this way."""
    return Outcome(Status.SUPPRESSED, Reason.UNWANTED, detail)


def unknown(reason: Reason, detail: str = "") -> Outcome:
    """It may have gone out or not."""
    return Outcome(Status.UNKNOWN, reason, detail)
