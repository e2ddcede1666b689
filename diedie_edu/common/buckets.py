"""Files in a bucket of a store that speaks S3 (MEDIA_STORAGE=s3, docs/adr/0072).

Private, and read by the portal alone, which asks each time who may: there is no address of a file,
signed or not. What the store says is told as a folder would tell it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from boto3.s3.transfer import TransferConfig
from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from diedie_edu.common import outside
from diedie_edu.common.errors import StoreAwayError

# One request for whatever the portal keeps: uploads have 22 MB at most.
ONE_PIECE = 64 * 1024 * 1024
IN_MEMORY = 1024 * 1024  # of one file; more is read into a file that has no name
Given = ParamSpec("Given")
Found = TypeVar("Found")


def told_plainly(step: Callable[Given, Found]) -> Callable[Given, Found]:
    """Within its time. Raises `FileNotFoundError` for what is not there, else `StoreAwayError`."""

    @wraps(step)
    def asked(*args: Given.args, **named: Given.kwargs) -> Found:
        try:
            with outside.within(Bucket.seconds):
                return step(*args, **named)
        except FileNotFoundError:
            raise
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(error.operation_name) from None
            raise StoreAwayError(error.response["Error"].get("Code")) from None
        except (BotoCoreError, RetriesExceededError, HTTPError, OSError) as error:
            raise StoreAwayError(type(error).__name__) from None

    return asked


# The library waits for each piece anew; a store that drips would hold a web process for ever.


class _Spoken(AWSHTTPConnection):
    response_class = outside.Answer

    def _new_conn(self) -> Any:
        return outside.connect(self.host, self.port)

    def send(self, data: Any) -> Any:
        if self.sock is not None:
            self.sock.settimeout(outside.left())
        return super().send(data)


class _SpokenOverTls(AWSHTTPSConnection, _Spoken):
    """Wraps what `_Spoken` connects."""


class _Pool(AWSHTTPConnectionPool):
    ConnectionCls = _Spoken


class _PoolOverTls(AWSHTTPSConnectionPool):
    ConnectionCls = _SpokenOverTls


class Bucket(S3Storage):
    seconds = 30.0  # of a whole call, connecting and every byte included

    @property
    def connection(self) -> Any:
        """One for each thread."""
        is_new = getattr(self._connections, "connection", None) is None
        found = super().connection
        if is_new:
            pools = found.meta.client._endpoint.http_session._pool_classes_by_scheme
            pools.update(http=_Pool, https=_PoolOverTls)
        return found

    def get_default_settings(self) -> dict[str, Any]:
        """What stands in the settings of django-storages or of the library is not looked at.

        Checksums of the newer kind, which the library sends by itself, are refused by other stores
        than Amazon's.
        """
        style = {"addressing_style": self.addressing}
        config = Config(
            s3=style,
            signature_version="s3v4",
            proxies={},
            connect_timeout=5,
            read_timeout=15,
            retries={"mode": "standard", "total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        in_turn = TransferConfig(
            multipart_threshold=ONE_PIECE, use_threads=False, num_download_attempts=1
        )
        return super().get_default_settings() | {
            "client_config": config,
            "transfer_config": in_turn,
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
            "default_acl": None,
            "gzip": False,
        }

    def __init__(self, addressing_style: str = "virtual", **options: Any) -> None:
        self.addressing = addressing_style
        super().__init__(**options)

    @told_plainly
    def _open(self, name: str, mode: str = "rb") -> File:
        """Read to its end at once: it may be taken away meanwhile."""
        opened = super()._open(name, mode)
        opened.open()
        return opened

    def url(self, name: str, *_given: Any, **_named: Any) -> str:
        raise ValueError("Nobody is given an address of a file; the door is in diedie_edu.files.")

    _save = told_plainly(S3Storage._save)
    delete = told_plainly(S3Storage.delete)
    exists = told_plainly(S3Storage.exists)
    size = told_plainly(S3Storage.size)
    listdir = told_plainly(S3Storage.listdir)
    get_modified_time = told_plainly(S3Storage.get_modified_time)
