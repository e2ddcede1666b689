"""What is said in a group chat: one POST to its robot, at most once.

As with text messages three answers are told apart: it was said, it certainly was not, and nobody
can know. The address holds the robot's key, so neither it nor an error's own text goes anywhere.
"""

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from diedie_edu.common import outside
from diedie_edu.notices.channels import robot_protocols
from diedie_edu.notices.channels.outcome import Letter, Outcome, not_sent, refused, unknown
from diedie_edu.notices.models import Chat, Reason

HOST = "robot.host"
MAX_ANSWER = 64 * 1024  # bytes; an answer has two or three short fields
# Somebody in between says these, whatever became of the request behind it.
SAID_BY_PROXIES = {502, 504}
MAY_BE_BETTER_LATER = {408, 425, 429}


@contextmanager
def robots() -> Iterator[Callable[[Letter], Outcome]]:
    """What sends a batch; nothing is open between two of them."""
    yield send


def is_address_of(chat: str, address: str) -> bool:
    """Whether it is a robot's of that maker: nothing else on any host is called. Those of
    ROBOT_HOSTS, each with its port, may do without TLS."""
    protocol = robot_protocols.PROTOCOLS[Chat(chat)]
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_theirs = parts.scheme == "https" and parts.netloc in protocol.hosts
    is_ours = parts.scheme in ("http", "https") and parts.netloc in settings.ROBOT_HOSTS
    target = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
    is_whole = target.startswith(protocol.starts) and len(target) > len(protocol.starts)
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return (is_theirs or is_ours) and is_whole and is_plain and not parts.fragment


def send(letter: Letter) -> Outcome:
    """Nothing is repeated here, and nobody is followed to another address."""
    robot = letter.robot
    assert robot is not None
    if not is_address_of(robot.chat, robot.address):
        return refused(HOST)
    protocol = robot_protocols.of(robot)
    url, body = protocol.request(robot, letter.text, timezone.now())
    try:
        with outside.within(settings.SMS_CONNECT_SECONDS):
            connection = outside.web_connection(url)
    except OSError as error:
        return not_sent(Reason.NO_CONNECTION, type(error).__name__)
    try:
        return _understood(protocol, *_exchange(connection, url, body))
    except (OSError, http.client.HTTPException) as error:
        return unknown(Reason.NO_ANSWER, type(error).__name__)
    finally:
        connection.close()


def _exchange(
    connection: http.client.HTTPConnection, url: str, body: dict[str, Any]
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    target = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    with outside.within(settings.SMS_READ_SECONDS):
        connection.request("POST", target, json.dumps(body, ensure_ascii=False).encode(), headers)
        response = connection.getresponse()
        return response.status, response.read(MAX_ANSWER)


def _understood(protocol: robot_protocols.Protocol, status: int, body: bytes) -> Outcome:
    """The robot's own word where it is one. Of any other page nobody knows what became of the
    request, unless its status says that nothing was taken."""
    answer = robot_protocols.object_in(body)
    if (code := protocol.code(answer)) is not None:
        return protocol.outcome(code, answer)
    said = f"HTTP {status}"
    if status in SAID_BY_PROXIES or 200 <= status < 300:
        return unknown(Reason.NO_ANSWER, said)
    if status in MAY_BE_BETTER_LATER or status >= 500:
        return not_sent(Reason.NOT_TAKEN, said)
    return refused(said)
