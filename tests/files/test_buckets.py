"""The same store of files in a bucket: private, swept, saved and brought back; and where it is away
that is said."""

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.buckets import Bucket
from diedie_edu.common.errors import StoreAwayError
from diedie_edu.files.actions import store
from diedie_edu.files.checks import check_store
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.models import Job
from diedie_edu.keeping.actions.ending_list import listed_here
from diedie_edu.keeping.actions.endings import carry
from diedie_edu.keeping.actions.restoring import restore
from diedie_edu.keeping.actions.saving import back_up
from tests.conftest import NOW, new_user
from tests.keeping.conftest import KEY, kept  # noqa: F401  (a fixture)
from tests.support.bucket import NAME, Store, bucket
from tests.support.dripping import dripping
from tests.support.own_certificate import own_certificate

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)
COMPLETE = Store.options_of("http://127.0.0.1:1")


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Store]:
    with bucket() as server:
        own = {"BACKEND": "diedie_edu.common.buckets.Bucket", "OPTIONS": server.options()}
        settings.STORAGES = settings.STORAGES | {"default": own}
        settings.MEDIA_STORAGE = "s3"
        yield server


def keep(content: bytes = b"hello", **more: Any) -> StoredFile:
    about = {"kind": "upload", "form": "sent", "title": "名单.xlsx", "by": None, "now": NOW}
    return store.keep(**about | {"content": BytesIO(content)} | more)


def test_bytes_come_back_as_they_were(server: Store) -> None:
    large = bytes(range(256)) * 40_000  # 10 MB: more than one piece, as the library has it
    file = keep(large)
    assert store.content_of(file) == large
    assert list(server.objects) == [f"files/{file.key}.sent"]
    assert [method for method, _key in server.asked].count("PUT") == 1


def test_nobody_is_given_an_address(server: Store) -> None:
    file = keep()
    with pytest.raises(ValueError, match="Nobody is given an address"):
        default_storage.url(file.path)
    with pytest.raises(HTTPError, match="403"):
        urlopen(f"{server.address}/{NAME}/{file.path}")


def test_another_key_is_let_in_nowhere(server: Store, settings: LazySettings) -> None:
    file = keep()
    wrong = {"OPTIONS": server.options(secret_key="another")}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | wrong}
    with pytest.raises(StoreAwayError):
        store.content_of(file)


def test_bytes_that_are_lost_are_no_file(server: Store) -> None:
    file = keep()
    server.objects.clear()
    with pytest.raises(FileNotFoundError):
        store.content_of(file)


def test_nothing_is_written_over(server: Store) -> None:
    default_storage.save("files/a.sent", ContentFile(b"one"))
    assert default_storage.save("files/a.sent", ContentFile(b"two")) != "files/a.sent"
    assert server.objects["files/a.sent"][0] == b"one"


def test_bytes_without_a_row_are_swept_once_they_are_old(server: Store) -> None:
    """A bucket has no folders: whoever asks for one first never sweeps."""
    file = keep()
    StoredFile.objects.all().delete()
    now = datetime.now(NOW.tzinfo)
    assert store.sweep(now=now) == 0
    assert store.sweep(now=now + LATER) == 1
    assert server.objects == {}
    assert store.sweep(now=now + LATER) == 0
    assert file.key


def test_a_file_ends_with_row_and_bytes(
    server: Store, django_capture_on_commit_callbacks: Any
) -> None:
    file = keep()
    with django_capture_on_commit_callbacks(execute=True):
        store.remove(file=file)
    assert server.objects == {}


@pytest.fixture
def result(server: Store, resident_user: User) -> StoredFile:
    """What a worker on another machine has written for somebody."""
    form = {"kind": "job_result", "form": "csv", "by": resident_user}
    file = keep("姓名\n某\n".encode(), **form, ends_at=NOW + LATER)
    own = {"kind": "own_data", "title": "我的资料", "asked_by": resident_user, "params": {}}
    Job.objects.create(**own, state=Job.State.DONE, ended_at=NOW, result=file, language="zh-hans")
    return file


def test_the_door_hands_it_to_whoever_may_have_it(
    result: StoredFile,
    resident_user: User,
    stranger: User,
    as_user: Callable[[User], Client],
    clock: object,
) -> None:
    answer = as_user(resident_user).get(f"/files/{result.key}")
    assert (answer.status_code, answer.content) == (200, "姓名\n某\n".encode())
    assert not any(NAME in f"{name}{value}" for name, value in answer.headers.items())
    assert as_user(stranger).get(f"/files/{result.key}").status_code == 404


def test_a_store_that_is_away_is_said_and_asked_again_later(
    result: StoredFile,
    server: Store,
    resident_user: User,
    as_user: Callable[[User], Client],
    clock: object,
) -> None:
    server.is_away = True
    answer = as_user(resident_user).get(f"/files/{result.key}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    with pytest.raises(StoreAwayError):
        keep()
    assert StoredFile.objects.count() == 1


def test_over_tls_it_is_asked_who_it_is(server: Store, tmp_path: Path) -> None:
    path = own_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    there = Store.options_of(server.address.replace("http:", "https:"))
    known = Bucket(verify=str(path), **there)
    name = known.save("files/a.sent", ContentFile(b"one"))
    with known.open(name) as file:
        assert file.read() == b"one"
    with pytest.raises(StoreAwayError):
        Bucket(**there).open(name)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nETag: "])
def test_a_store_that_drips_holds_nobody_up(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bucket, "seconds", 0.5)
    with dripping(said) as port:
        slow = Bucket(**Store.options_of(f"http://127.0.0.1:{port}"))
        began = time.monotonic()
        with pytest.raises(StoreAwayError):
            slow.open("files/a.sent")
        assert time.monotonic() - began < 3


def test_a_store_that_drips_the_bytes_of_a_file_holds_nobody_up(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = keep(bytes(100_000))
    monkeypatch.setattr(Bucket, "seconds", 0.5)
    server.pause = 0.01
    began = time.monotonic()
    with pytest.raises(StoreAwayError):
        store.content_of(file)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"MEDIA_STORAGE": "disk"}, ["files.E001"]),
        ({"MEDIA": {"OPTIONS": COMPLETE | {"secret_key": ""}}}, ["files.E002"]),
        ({"MEDIA": {"OPTIONS": COMPLETE | {"addressing_style": "auto"}}}, ["files.E003"]),
        ({"MEDIA": {"OPTIONS": COMPLETE}}, []),
    ],
)
def test_what_a_bucket_needs_is_asked_for_at_the_start(
    said: dict[str, Any], found: list[str], settings: LazySettings
) -> None:
    settings.MEDIA_STORAGE = "s3"
    for name, value in said.items():
        setattr(settings, name, value)
    assert [message.id for message in check_store()] == found


@pytest.mark.django_db(transaction=True)
def test_a_back_up_holds_the_bucket_and_brings_it_back(server: Store, kept: Path) -> None:  # noqa: F811
    one, other = keep(b"one"), keep(b"other")
    back_up(path=kept / "saved", key=KEY, now=NOW)
    held = {key: content for key, (content, _at) in server.objects.items()}
    assert len(held) == 2
    server.objects.clear()
    server.objects[one.path] = (b"another's", datetime.now(UTC))
    done = restore(path=kept / "saved", key=KEY, replace=True, now=NOW)
    assert done.files == 2
    assert {key: content for key, (content, _at) in server.objects.items()} == held
    assert store.content_of(other) == b"other"


@pytest.mark.django_db(transaction=True)
def test_the_list_of_endings_lies_in_the_bucket_too(server: Store, kept: Path) -> None:  # noqa: F811
    """No machine has a disk that all the others write."""
    numbers = []
    for turn in range(2):
        numbers.append(new_user(Role.STAFF).role_grants.get().pk)
        RoleGrant.objects.filter(pk=numbers[-1]).delete()
        carry(now=NOW + turn * LATER)
    assert len(server.objects) == 2
    assert all(key.startswith("endings/") for key in server.objects)
    assert [row.number for row in listed_here() if row.kind == "role"] == numbers
