"""Keeping what goes with a lecture, and taking it away again."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.common.documents import read_document
from diedie_edu.files.actions import store
from diedie_edu.files.rules import check_size
from residents_school.models import Lecture, Material
from residents_school.rules import materials

KIND = "material"


@transaction.atomic
def add_material(
    *, lecture: Lecture, data: bytes, file_name: str, title: str, by: User | None, now: datetime
) -> Material:
    """Keep a file with a lecture. The same file again is harmless.

    Raises `Refused` where it is too large, no whole PDF or picture, or one too many.
    """
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    Activity.objects.select_for_update(of=("self",)).get(pk=lecture.pk)
    kept = Material.objects.filter(lecture=lecture.pk).select_related("file")
    same = kept.filter(file__sha256=sha256(document.data).hexdigest()).first()
    if same:
        return same
    materials.check_room_for_more(kept.count())
    title = materials.title_of(title, file_name)
    file = store.keep_document(document=document, kind=KIND, title=title, by=by, now=now)
    return Material.objects.create(lecture_id=lecture.pk, file=file)


@transaction.atomic
def remove_material(*, material: Material, by: User | None) -> None:
    """Removing twice is harmless."""
    Material.objects.filter(pk=material.pk).delete()
    store.remove(file=material.file)
