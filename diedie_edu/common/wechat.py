"""WeChat's own browser, in which links of group chats and messages open.

It saves no files, opens no calendars and prints nothing. What it cannot do is said on the button
(`{% outside %}`) and, in place of every file that comes all the same, on a page with a picture of
how to leave it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from diedie_edu.common.next_page import is_ours

NAME = "MicroMessenger"
NOT_SHOWN = ("application/pdf", "text/calendar")


def is_wechat(request: HttpRequest) -> bool:
    return NAME in request.headers.get("User-Agent", "")


def is_file(answer: HttpResponseBase) -> bool:
    """Whether a browser saves it, or hands it to another program; a picture is shown."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    how = answer.headers.get("Content-Disposition", "")
    return kind in NOT_SHOWN or how.startswith("attachment")


class InWeChat:
    """Stands near the pages, so that what they did is done and only the file stays behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if not (is_wechat(request) and is_file(answer)):
            return answer
        answer.close()
        came_from = request.headers.get("Referer", "")
        back = came_from if is_ours(request, came_from) else "/"
        return render(request, "in_browser.html", {"back": back})
