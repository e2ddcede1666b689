"""One call of WeChat's: said in time, and what it answered.

WeChat answers by HTTP 200 whatever happened, with `errcode` 0 or none where it did what was asked.
Whatever is no JSON object is nobody's word: a page of a proxy, a cut line. Its addresses hold the
token or the secret, so no error, log or detail ever holds an address.
"""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from diedie_edu.common import outside

MAX_ANSWER = 64 * 1024  # bytes


class NotSaidError(Exception):
    """There was no connection: WeChat knows nothing of the call. `detail` is technical."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NoAnswerError(NotSaidError):
    """The call was made, and nobody knows what became of it."""


def call(path: str, query: dict[str, str], body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What WeChat says; a POST where there is a body. Raises `NotSaidError`, `NoAnswerError`."""
    with outside.within(settings.WECHAT_SECONDS):
        try:
            connection = outside.web_connection(settings.WECHAT_API)
        except OSError as error:
            raise NotSaidError(type(error).__name__) from None
        try:
            return _exchange(connection, f"{path}?{urlencode(query)}", body)
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from None
        finally:
            connection.close()


def _exchange(
    connection: http.client.HTTPConnection, target: str, body: dict[str, Any] | None
) -> dict[str, Any]:
    said = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
    target = f"{urlsplit(settings.WECHAT_API).path}{target}"
    connection.request("GET" if said is None else "POST", target, said, headers)
    response = connection.getresponse()
    try:
        answer = json.loads(response.read(MAX_ANSWER))
    except ValueError:
        answer = None
    if response.status != http.client.OK or not isinstance(answer, dict):
        raise NoAnswerError(f"HTTP {response.status}")
    return answer


def code_of(answer: dict[str, Any]) -> int:
    """0 where it did what was asked; -1, as WeChat itself says, for what is no number."""
    code = answer.get("errcode", 0)
    return code if isinstance(code, int) else -1


def named(code: int) -> str:
    """As an attempt keeps it, and `words` knows it."""
    return f"wechat.{code}"
