"""Keeping the community's facts."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.db import transaction

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.documents import Document, DocumentKind, read_document
from diedie_edu.community.known import forget, unnamed
from diedie_edu.community.models import ONLY, Community
from diedie_edu.community.rules import LOGO_MEGABYTES, check_is_logo
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.files.rules import check_size

LOGO = "logo"
WIDEST = 256  # pixels: it stands as high as a line, on paper as two


@transaction.atomic
def keep(*, community: Community, by: User | None, now: datetime) -> Community:
    """Save the facts as they were entered; the trail says which of them changed.

    `by` is None where a machine enters them.
    """
    before = Community.objects.filter(pk=ONLY).first()
    changed = _changed(before, community)
    community.save()
    _remove_old_logo(before, community)
    if changed:
        number = by.pk if by else None
        trail.note(trail.Kind.COMMUNITY, by=number, what=" ".join(changed)[:80], now=now)
    _known_anew()
    return community


@transaction.atomic
def leave_out(*, code: str, is_left_out: bool, by: User, now: datetime) -> None:
    """A step of the first day that the community does without, or takes up again."""
    row = Community.objects.select_for_update().filter(pk=ONLY).first() or unnamed()
    row.left_out = [one for one in row.left_out if one != code] + [code] * is_left_out
    keep(community=row, by=by, now=now)


def keep_logo(*, data: bytes, by: User | None, now: datetime) -> StoredFile:
    """A picture for the top of each page, decoded and written anew.

    Raises `Refused` where it is too large or no picture.
    """
    check_size(len(data), LOGO_MEGABYTES)
    document = read_document(data)
    check_is_logo(document)
    about = {"kind": LOGO, "title": LOGO, "by": by, "now": now}
    return store.keep_document(document=_small(document), **about)


def _small(document: Document) -> Document:
    from PIL import Image

    with Image.open(BytesIO(document.data)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((WIDEST, WIDEST))
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return replace(document, kind=DocumentKind.PNG, data=written.getvalue())


def _changed(before: Community | None, after: Community) -> list[str]:
    """Names of the facts that are not as they were."""
    names = [field.attname for field in Community._meta.concrete_fields if not field.primary_key]
    return [name for name in names if getattr(before, name, None) != getattr(after, name)]


def _remove_old_logo(before: Community | None, after: Community) -> None:
    if before and before.logo_id and before.logo_id != after.logo_id:
        store.remove(file=StoredFile.objects.get(pk=before.logo_id))


def _known_anew() -> None:
    """Here at once, and once more when it is certain: another thread may have read meanwhile."""
    forget()
    transaction.on_commit(forget)
