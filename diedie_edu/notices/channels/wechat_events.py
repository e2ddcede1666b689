"""What WeChat calls us with: whether it is WeChat's, and what it says.

A call is signed with WECHAT_TOKEN; in the safe mode (WECHAT_AES_KEY) what it says is sealed too,
and the signature holds that as well. XML comes without a document type, so that no entity of it is
ever looked up.
"""

import base64
import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.parsers import expat

from django.conf import settings
from django.utils.crypto import constant_time_compare

NOT_OLDER = 300  # seconds
MAX_BODY = 64 * 1024  # bytes
DEEPEST = 8


class NotWeChatError(Exception):
    """It is not signed as WeChat signs, or not by now, or says nothing that can be read."""


@dataclass(frozen=True)
class Event:
    """`openid` is whose WeChat it is about; `signature` is each call's own. The rest as WeChat has
    it: what happened, the key of a code that was scanned, a message's number, what became of it.
    """

    openid: str
    signature: str
    name: str = ""
    key: str = ""
    number: str = ""
    status: str = ""


def echoed(query: Mapping[str, Any], now: datetime) -> str:
    """What WeChat wants back when somebody enters our address there. Raises `NotWeChatError`."""
    _check(query, "signature", now)
    return str(query.get("echostr", ""))


def read(query: Mapping[str, Any], body: bytes, now: datetime) -> Event:
    """Raises `NotWeChatError`."""
    if not settings.WECHAT_AES_KEY:
        return _event(_fields(body), _check(query, "signature", now))
    sealed = _fields(body).get("Encrypt", "")
    signature = _check(query, "msg_signature", now, sealed)
    return _event(_fields(_unsealed(sealed)), signature)


def _check(query: Mapping[str, Any], name: str, now: datetime, *more: str) -> str:
    """The signature, where it is one of now."""
    moment, nonce, given = (str(query.get(key, "")) for key in ("timestamp", "nonce", name))
    parts = sorted([settings.WECHAT_TOKEN, moment, nonce, *more])
    right = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
    is_known = bool(settings.WECHAT_TOKEN) and constant_time_compare(given, right)
    if not is_known or not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        raise NotWeChatError
    if abs(now.timestamp() - int(moment)) > NOT_OLDER:
        raise NotWeChatError
    return given


def _event(fields: Mapping[str, str], signature: str) -> Event:
    if fields.get("MsgType") != "event":
        return Event(fields.get("FromUserName", ""), signature)
    return Event(
        openid=fields.get("FromUserName", ""),
        signature=signature,
        name=fields.get("Event", ""),
        key=fields.get("EventKey", ""),
        number=fields.get("MsgID", ""),
        status=fields.get("Status", ""),
    )


def _unsealed(sealed: str) -> bytes:
    """AES-256-CBC: sixteen signs of chance, the length, the message, whose account it is for."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = base64.b64decode(f"{settings.WECHAT_AES_KEY}=")
    try:
        reader = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        text = reader.update(base64.b64decode(sealed, validate=True)) + reader.finalize()
        text = text[: -text[-1]]
        (length,) = struct.unpack(">I", text[16:20])
    except (ValueError, IndexError, struct.error):
        raise NotWeChatError from None
    if text[20 + length :] != settings.WECHAT_APP_ID.encode():
        raise NotWeChatError
    return text[20 : 20 + length]


def _fields(body: bytes) -> dict[str, str]:
    """What stands right below <xml>, in words."""
    if len(body) > MAX_BODY:
        raise NotWeChatError
    reading = _Reading()
    try:
        reading.parser.Parse(body, True)
    except (expat.ExpatError, UnicodeError):
        raise NotWeChatError from None
    return reading.fields


class _Reading:
    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.open: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._starts
        self.parser.EndElementHandler = lambda _name: self.open.pop()
        self.parser.CharacterDataHandler = self._says
        self.parser.StartDoctypeDeclHandler = self._refuses
        self.parser.EntityDeclHandler = self._refuses

    def _starts(self, name: str, _attributes: object) -> None:
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise NotWeChatError

    def _says(self, text: str) -> None:
        if len(self.open) == 2:
            name = self.open[-1]
            self.fields[name] = self.fields.get(name, "") + text

    def _refuses(self, *_declared: object) -> None:
        raise NotWeChatError
