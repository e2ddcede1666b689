"""Files in a bucket of a store that speaks S3 (MEDIA_STORAGE=s3, docs/adr/0072).

Private, and read by the portal alone, which asks each time who may: there is no address of a file,
signed or not. What the store says is told as a folder would tell it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from diedie_edu.common.errors import StoreAwayError

# One request for whatever the portal keeps: uploads have 22 MB at most.
ONE_PIECE = 64 * 1024 * 1024
IN_MEMORY = 1024 * 1024  # of one file; more is read into a file that has no name
Given = ParamSpec("Given")
Found = TypeVar("Found")


def told_plainly(step: Callable[Given, Found]) -> Callable[Given, Found]:
    """Raises `FileNotFoundError` for what is not there, else `StoreAwayError`."""

    @wraps(step)
    def asked(*args: Given.args, **named: Given.kwargs) -> Found:
        try:
            return step(*args, **named)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(error.operation_name) from None
            raise StoreAwayError(error.response["Error"].get("Code")) from None
        except BotoCoreError as error:
            raise StoreAwayError(type(error).__name__) from None

    return asked


class Bucket(S3Storage):
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
            connect_timeout=3,
            read_timeout=15,
            retries={"mode": "standard", "total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        in_turn = TransferConfig(multipart_threshold=ONE_PIECE, use_threads=False)
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
