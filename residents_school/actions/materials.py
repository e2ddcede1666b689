"""Keeping what goes with a lecture, and taking it away again."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.common.documents import read_document
from residents_school.models import Lecture, Material
from residents_school.models.materials import FOLDER
from residents_school.rules import materials

YOUNG = timedelta(hours=1)  # its row may not be committed yet


@transaction.atomic
def add_material(
    *, lecture: Lecture, data: bytes, file_name: str, title: str, by: User, now: datetime
) -> Material:
    """Keep a file with a lecture. The same file again is harmless.

    Raises `Refused` where it is too large, no whole PDF or picture, or one too many.
    """
    materials.check_size(len(data))
    document = read_document(data)
    digest = sha256(document.data).hexdigest()
    Activity.objects.select_for_update(of=("self",)).get(pk=lecture.pk)
    kept = Material.objects.filter(lecture=lecture.pk)
    same = kept.filter(sha256=digest).first()
    if same:
        return same
    materials.check_room_for_more(kept.count())
    return Material.objects.create(
        lecture_id=lecture.pk,
        title=materials.clean_title(title, file_name),
        kind=document.kind,
        file=ContentFile(document.data, name="file"),
        size=len(document.data),
        sha256=digest,
        uploaded_by=by,
        uploaded_at=now,
    )


@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    """The row, and the file once that is certain. Removing twice is harmless."""
    name = str(material.file.name)
    Material.objects.filter(pk=material.pk).delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def tidy_materials(*, now: datetime) -> int:
    """Delete files without a row, left by a transaction that failed; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    _folders, names = default_storage.listdir(FOLDER)
    found = {f"{FOLDER}/{name}" for name in names}
    orphans = found - set(Material.objects.values_list("file", flat=True))
    old = [name for name in orphans if default_storage.get_modified_time(name) < now - YOUNG]
    for name in old:
        default_storage.delete(name)
    return len(old)
