"""The one door of the store: whose a file is, nobody else learns that it exists."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from diedie_edu.files.actions import store
from diedie_edu.files.kinds import FileKind
from diedie_edu.files.models import StoredFile
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "media")]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def file(resident_user, monkeypatch) -> StoredFile:
    """Only whoever kept it may read it."""
    kind = FileKind("letter", lambda reader, file: reader.pk == file.kept_by_id)
    monkeypatch.setattr("diedie_edu.files.views.file_kind", {"letter": kind}.__getitem__)
    return store.keep(
        kind="letter",
        form="csv",
        content=BytesIO(b"a,b"),
        title="信 1",
        by=resident_user,
        now=NOW,
        ends_at=NOW + timedelta(hours=1),
    )


def test_it_is_handed_over_as_what_it_is(as_user, resident_user, file):
    answer = as_user(resident_user).get(reverse("files:file", args=[file.key]))

    assert answer.content == b"a,b"
    assert not answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"letter.csv\"; filename*=UTF-8''%E4%BF%A1%201.csv"
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_for_everybody_else_it_is_not_there(as_user, client, stranger, staff_user, file):
    address = reverse("files:file", args=[file.key])

    found = [one.get(address).status_code for one in (client, as_user(stranger))]
    assert found == [404, 404]
    assert as_user(staff_user).get(address).status_code == 404


def test_at_its_end_it_is_gone_before_anybody_sweeps(as_user, resident_user, file, clock):
    clock.move_to(file.ends_at)

    assert as_user(resident_user).get(reverse("files:file", args=[file.key])).status_code == 404


def test_a_file_whose_bytes_are_lost_is_a_missing_page(as_user, resident_user, file, media):
    next(path for path in media.rglob("*") if path.is_file()).unlink()

    assert as_user(resident_user).get(reverse("files:file", args=[file.key])).status_code == 404


@pytest.mark.parametrize("key", ["0" * 32, "0" * 31, "..%2f..%2fetc%2fpasswd", "A" * 32])
def test_what_is_no_key_leads_nowhere(client, key):
    assert client.get(f"/files/{key}").status_code == 404
