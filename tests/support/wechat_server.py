"""WeChat on the loopback: tokens that end, template messages, codes to scan, and its calls to us.

It keeps a ledger by `client_msg_id`, and does not recognise a repeated one: what our side sends
twice it takes twice, and the ledger shows it.
"""

import base64
import hashlib
import json
import os
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pytest_django import Settings

APP_ID, SECRET, TOKEN = "wx5f0e4a529a771a2b", "a secret of the account", "of-the-callback"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
HTML = b"<html><body>502 Bad Gateway</body></html>"
OVER = {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}


class WeChat:
    """`answers` stand in for what a message is told, by openid or for all (""): a code, bytes, or
    "cut", "slow". `ends` is what a token lives; `is_stubborn`: without force it gives the old one.
    """

    def __init__(self) -> None:
        self.ledger: Counter[str] = Counter()
        self.messages: list[dict[str, Any]] = []
        self.answers: dict[str, Any] = {}
        self.of_token: Any = None
        self.tokens: list[str] = []
        self.asked = self.forced = 0
        self.ends = 7200
        self.is_stubborn = True
        self.followers: dict[str, int] = {}
        self.codes: dict[str, str] = {}
        self.reader = ""
        self.scenes: list[str] = []
        self.slowness = 0.0
        self._lock = threading.Lock()
        bound = type("BoundHandler", (_Handler,), {"wechat": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator["WeChat"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def end_token(self) -> None:
        """As if another server had asked for one: ours is taken no more."""
        with self._lock:
            self.tokens.append(f"stolen-{len(self.tokens)}")

    def token(self, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.asked += 1
            time.sleep(self.slowness)
            if body["secret"] != SECRET:
                return {"errcode": 40125, "errmsg": "invalid appsecret"}
            if body["appid"] != APP_ID:
                return {"errcode": 40013, "errmsg": "invalid appid"}
            self.forced += bool(body["force_refresh"])
            if not self.tokens or body["force_refresh"] or not self.is_stubborn:
                self.tokens.append(f"token-{len(self.tokens)}")
            return {"access_token": self.tokens[-1], "expires_in": self.ends}

    def send(self, body: dict[str, Any]) -> Any:
        answer = self.answers.get(body["touser"], self.answers.get("", 0))
        with self._lock:
            if answer in (0, "cut", "babble"):
                self.ledger[body["client_msg_id"]] += 1
                self.messages.append(body)
            number = 3_487_542_469_355_618_000 + len(self.messages)
        if isinstance(answer, int) and answer:
            return {"errcode": answer, "errmsg": f"said {body['touser']}"}
        return answer or {"errcode": 0, "errmsg": "ok", "msgid": number}


class _Handler(BaseHTTPRequestHandler):
    wechat: WeChat
    timeout = 10

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/connect/oauth2/authorize":
            return self.lead_back(asked)
        if parts.path == "/sns/oauth2/access_token":
            return self.say(self.who(asked))
        if asked.get("access_token") != self.wechat.tokens[-1]:
            return self.say(OVER)
        follows = self.wechat.followers.get(asked["openid"], 0)
        return self.say({"subscribe": follows, "openid": asked["openid"]})

    def lead_back(self, asked: dict[str, str]) -> None:
        """As WeChat's own page does inside WeChat, without a word: its reader is known there."""
        assert (asked["appid"], asked["scope"]) == (APP_ID, "snsapi_base")
        code = f"code-{len(self.wechat.codes)}"
        self.wechat.codes[code] = self.wechat.reader
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def who(self, asked: dict[str, str]) -> dict[str, Any]:
        if (asked["appid"], asked["secret"]) != (APP_ID, SECRET):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        openid = self.wechat.codes.pop(asked["code"], "")
        if not openid:
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"access_token": "of-a-reader", "openid": openid, "scope": "snsapi_base"}

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)))
        if parts.path == "/cgi-bin/stable_token":
            return self.say(self.wechat.of_token or self.wechat.token(body))
        if parse_qs(parts.query)["access_token"][0] != self.wechat.tokens[-1]:
            return self.say(OVER)
        if parts.path == "/cgi-bin/qrcode/create":
            self.wechat.scenes.append(body["action_info"]["scene"]["scene_str"])
            number = len(self.wechat.scenes)
            address = f"http://weixin.qq.com/q/0{number}EnvBs1xFepi1"
            return self.say({"ticket": f"t{number}", "expire_seconds": 600, "url": address})
        assert parts.path == "/cgi-bin/message/template/send"
        return self.say(self.wechat.send(body))

    def say(self, answer: Any) -> None:
        if answer == "slow":
            time.sleep(2)
        if answer in ("cut", "slow"):
            self.close_connection = True
            return
        text = HTML if answer == "babble" else answer
        said = text if isinstance(text, bytes) else json.dumps(text).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def official_account(settings: Settings) -> Iterator[WeChat]:
    with WeChat().running() as wechat:
        settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = APP_ID, SECRET
        settings.WECHAT_TOKEN, settings.WECHAT_API = TOKEN, wechat.url
        settings.WECHAT_OPEN = wechat.url
        settings.WECHAT_SECONDS = 1.0
        yield wechat


# --- Its calls to us -------------------------------------------------------------------


def event(openid: str, name: str, **more: object) -> bytes:
    """As it comes by XML."""
    facts = {"ToUserName": "gh_7f083739789a", "FromUserName": openid, "CreateTime": 1395658920}
    facts |= {"MsgType": "event", "Event": name, **more}
    lines = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in facts.items())
    return f"<xml>{lines}</xml>".encode()


def signed(now: float, *more: str, nonce: str = "1320562132") -> dict[str, str]:
    """What stands behind the address, by WeChat's own arithmetic."""
    moment = str(int(now))
    text = "".join(sorted([TOKEN, moment, nonce, *more]))
    name = "msg_signature" if more else "signature"
    return {"timestamp": moment, "nonce": nonce, name: hashlib.sha1(text.encode()).hexdigest()}


def sealed(body: bytes, app_id: str = APP_ID) -> str:
    """In the safe mode: AES-256-CBC, with length and account in front and behind."""
    key = base64.b64decode(f"{AES_KEY}=")
    text = os.urandom(16) + struct.pack(">I", len(body)) + body + app_id.encode()
    missing = 32 - len(text) % 32
    text += bytes([missing]) * missing
    writer = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(writer.update(text) + writer.finalize()).decode()
