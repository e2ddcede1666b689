"""What is told to staff's group chats, by their robots."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from diedie_edu.notices.groups import facts_for_all
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel, Notice, Robot
from diedie_edu.notices.queries.robots import listening


def tell_chats(*, kind: Kind, subject: str, **about: Any) -> None:
    """Queue one message to each robot that says such alerts about the programme of `subject`;
    `actions.notify` does for its kinds. Telling it again is harmless."""
    robots = listening(kind, subject)
    queue(message_to(robot, kind=kind, subject=subject, **about) for robot in robots)


def message_to(
    robot: Robot,
    *,
    kind: Kind,
    subject: str,
    revision: int | str = 1,
    data: Mapping[str, Any],
    now: datetime,
    send_from: datetime | None = None,
    expires_at: datetime | None = None,
) -> Notice:
    """It keeps of `data` what everybody in the chat may read."""
    event = f"{kind.code}:{subject}:{revision}"
    return Notice(
        dedupe_key=f"{event}:r{robot.pk}:{Channel.ROBOT}",
        event=event,
        kind=kind.code,
        subject=subject,
        robot=robot,
        channel=Channel.ROBOT,
        data=facts_for_all(data),
        created_at=now,
        next_try_at=send_from or now,
        expires_at=expires_at,
    )


def queue(messages: Iterable[Notice]) -> None:
    """In one statement; what is queued already stays as it is."""
    Notice.objects.bulk_create(list(messages), ignore_conflicts=True)
