"""A store that speaks S3 on the loopback, as strict as those that are not Amazon's.

A signature that is not right, an object asked for without one, or a checksum of the newer kind is
refused.
"""

import hashlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET, REGION, NAME = "key-of-the-tests", "secret-of-the-tests", "cn-foshan", "media"
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
ERROR = "<Error><Code>{}</Code><Message>{}</Message></Error>"
ENTRY = "<Contents><Key>{}</Key><LastModified>{}</LastModified><Size>{}</Size></Contents>"
LIST = "<ListBucketResult><Name>{}</Name><IsTruncated>false</IsTruncated>{}</ListBucketResult>"


class Store(ThreadingHTTPServer):
    """`objects` by key; where it `is_away` everybody gets 503; `asked` holds methods and keys."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, tuple[bytes, datetime]] = {}
        self.is_away = False
        self.pause = 0.0  # seconds after each hundred bytes
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def options(self, **changes: Any) -> dict[str, Any]:
        """What settings say of it."""
        return self.options_of(self.address) | changes

    @staticmethod
    def options_of(address: str) -> dict[str, Any]:
        own = {"bucket_name": NAME, "endpoint_url": address, "region_name": REGION}
        return own | {"access_key": KEY, "secret_key": SECRET, "addressing_style": "path"}

    @property
    def env(self) -> dict[str, str]:
        """The same as the environment says it."""
        return {
            "MEDIA_STORAGE": "s3",
            "MEDIA_S3_BUCKET": NAME,
            "MEDIA_S3_ENDPOINT": self.address,
            "MEDIA_S3_REGION": REGION,
            "MEDIA_S3_KEY_ID": KEY,
            "MEDIA_S3_KEY_SECRET": SECRET,
            "MEDIA_S3_ADDRESSING": "path",
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        parts = urlsplit(self.path)
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        self.server.asked.append((self.command, key))
        if self.server.is_away:
            return self.say(503, ERROR.format("SlowDown", "away").encode())
        if newer := [name for name in self.headers if name.lower().startswith(NEWER)]:
            return self.say(400, ERROR.format("NotImplemented", newer[0]).encode())
        if not is_signed(self.command, self.path, self.headers, body):
            return self.say(403, ERROR.format("SignatureDoesNotMatch", "no").encode())
        if bucket != NAME:
            return self.say(404, ERROR.format("NoSuchBucket", bucket).encode())
        if not key:
            return self.list(parse_qs(parts.query))
        return getattr(self, f"on_{self.command.lower()}")(key, body)

    do_GET = do_HEAD = do_PUT = do_DELETE = handle_one  # noqa: N815

    def on_put(self, key: str, body: bytes) -> None:
        self.server.objects[key] = (body, datetime.now(UTC))
        self.say(200)

    def on_delete(self, key: str, _body: bytes) -> None:
        self.server.objects.pop(key, None)
        self.say(204)

    def on_get(self, key: str, _body: bytes) -> None:
        if key not in self.server.objects:
            return self.say(404, ERROR.format("NoSuchKey", key).encode())
        content, at = self.server.objects[key]
        told = {"Last-Modified": format_datetime(at, usegmt=True)}
        told["ETag"] = f'"{hashlib.md5(content).hexdigest()}"'
        if found := RANGE.fullmatch(self.headers.get("Range", "")):
            first, last = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
            told["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            return self.say(206, content[first : last + 1], told)
        return self.say(200, content, told)

    on_head = on_get

    def list(self, query: dict[str, list[str]]) -> None:
        prefix = query.get("prefix", [""])[0]
        rows = [
            ENTRY.format(quote(key), at.isoformat(), len(content))
            for key, (content, at) in self.server.objects.items()
            if key.startswith(prefix)
        ]
        self.say(200, LIST.format(escape(NAME), "".join(rows)).encode())

    def say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        told = {"ETag": f'"{hashlib.md5(body).hexdigest()}"', "Content-Length": str(len(body))}
        for name, value in (told | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        step = 100 if self.server.pause else max(1, len(body))
        for start in range(0, len(body) if self.command != "HEAD" else 0, step):
            self.wfile.write(body[start : start + step])
            time.sleep(self.server.pause)

    def log_message(self, *_: object) -> None:
        """Nothing: it is noted."""


NEWER = ("x-amz-checksum", "x-amz-trailer", "x-amz-sdk-checksum")


def is_signed(method: str, path: str, headers: Any, body: bytes) -> bool:
    """By our key, over just this request; an address that carries its own signature is none."""
    said = headers.get("Authorization", "")
    if not said.startswith(f"AWS4-HMAC-SHA256 Credential={KEY}/"):
        return False
    names = said.split("SignedHeaders=")[1].split(",")[0].split(";")
    request = AWSRequest(
        method=method,
        url=f"http://{headers['Host']}{path}",
        headers={name: headers[name] for name in names},
    )
    request.context["timestamp"] = headers["X-Amz-Date"]
    signer = S3SigV4Auth(Credentials(KEY, SECRET), "s3", REGION)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    told = headers["X-Amz-Content-SHA256"]
    is_whole = told in ("UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest())
    return is_whole and said.endswith(f"Signature={signer.signature(text, request)}")


@contextmanager
def bucket() -> Iterator[Store]:
    with Store() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
