"""Calls that a library of others makes through `requests`, ended in time as all others are.

`requests` waits for each piece anew, takes proxies from the environment and keeps connections for
later. A session of ours does none of that, and tells whether a call has said anything yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from diedie_edu.common import outside


@dataclass
class Call:
    """A call under way; until it `has_spoken` nothing of it has left the house."""

    has_spoken: bool = False


_under_way: ContextVar[Call] = ContextVar("under_way")


@contextmanager
def call(seconds: float) -> Iterator[Call]:
    """What a session of ours does in here ends by then (`outside.within`)."""
    made = Call()
    token = _under_way.set(made)
    try:
        with outside.within(seconds):
            yield made
    finally:
        _under_way.reset(token)


class _Spoken(HTTPConnection):
    response_class = outside.Answer

    def _new_conn(self) -> Any:
        return outside.connect(self.host, self.port)

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        self.sock.settimeout(outside.left())
        _under_way.get().has_spoken = True
        super().send(data)


class _SpokenOverTls(HTTPSConnection, _Spoken):
    """Wraps what `_Spoken` connects."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Spoken


class _PoolOverTls(HTTPSConnectionPool):
    ConnectionCls = _SpokenOverTls


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolOverTls}

    def send(self, request: Any, *args: Any, **named: Any) -> Any:
        """Over a connection of its own, without a proxy, in the time that is left."""
        request.headers["Connection"] = "close"
        return super().send(request, *args, **named | {"proxies": {}, "timeout": outside.left()})


def session() -> requests.Session:
    """Its calls stand within `call`."""
    made = requests.Session()
    made.trust_env = False
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Adapter())
    return made
