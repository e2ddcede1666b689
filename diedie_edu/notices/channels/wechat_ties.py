"""Calls by which a WeChat is tied: whose it is that came back, and a code to scan."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from diedie_edu.common import outside
from diedie_edu.notices.channels.wechat import CALLS, TOKEN_IS_OVER
from diedie_edu.notices.channels.wechat_access import NoTokenError, token
from diedie_edu.notices.channels.wechat_calls import NotSaidError, call, code_of

SILENTLY = "snsapi_base"  # WeChat says who it is, and asks nothing


def way_through_wechat(back: str, state: str) -> str:
    """The address of WeChat's that leads back to ours, with a code for `openid_of`."""
    asked = {
        "appid": settings.WECHAT_APP_ID,
        "redirect_uri": back,
        "response_type": "code",
        "scope": SILENTLY,
        "state": state,
    }
    query = urlencode(asked)
    return f"{settings.WECHAT_OPEN}/connect/oauth2/authorize?{query}#wechat_redirect"


def openid_of(code: str) -> str:
    """Whose WeChat came back with this code; "" where WeChat does not say."""
    asked = {
        "appid": settings.WECHAT_APP_ID,
        "secret": settings.WECHAT_APP_SECRET,
        "code": code,
        "grant_type": "authorization_code",
    }
    try:
        answer = call("/sns/oauth2/access_token", asked)
    except NotSaidError:
        return ""
    return _text(answer, "openid")


def address_of_code(scene: str, seconds: int) -> str:
    """What a code holds that tells WeChat, and then us, `scene`; "" where there is none now."""
    body = {
        "expire_seconds": seconds,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    try:
        with outside.within(CALLS * settings.WECHAT_SECONDS):
            return _text(_made(body), "url")
    except (NoTokenError, NotSaidError):
        return ""


def _made(body: dict[str, Any]) -> dict[str, Any]:
    in_use = token()
    answer = call("/cgi-bin/qrcode/create", {"access_token": in_use}, body)
    if code_of(answer) in TOKEN_IS_OVER:
        return call("/cgi-bin/qrcode/create", {"access_token": token(refused=in_use)}, body)
    return answer


def _text(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name)
    return found if code_of(answer) == 0 and isinstance(found, str) else ""
