"""Pictures: kept, described, put into posts, and taken away.

Lock order: the post → its pictures.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.documents import Document, DocumentKind, read_document
from diedie_edu.files.actions import store
from diedie_edu.files.rules import check_size
from diedie_edu.people.models import Resident
from diedie_edu.publicity.actions.steps import lock_post
from diedie_edu.publicity.models import Picture, Post, PostPicture
from diedie_edu.publicity.queries.posts import names_of_children
from diedie_edu.publicity.queries.review import open_review
from diedie_edu.publicity.rules import pictures as rules
from diedie_edu.publicity.rules import posts as post_rules

if TYPE_CHECKING:
    from PIL.Image import Image

KIND = "publicity_picture"
WIDEST = 1600  # enough for a page, and soon loaded on a phone
CARD = (1200, 630)  # what chats cut a share card to
UPPER_THIRD = (0.5, 0.35)  # of a picture that is too high: where faces are


@transaction.atomic
def add(*, programme: str, data: bytes, alt: str, by: User, now: datetime) -> Picture:
    """Keep a picture: decoded and written anew in two sizes, without where it was taken.

    Nobody sees it until somebody has said whom it shows. Raises `Refused` where it is too large, no
    picture, or its description names a child.
    """
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    rules.check_is_picture(document)
    _check_alt(alt, now)
    page, card, (width, height) = _sizes(document)
    about = {"kind": KIND, "title": alt, "by": by, "now": now}
    return Picture.objects.create(
        programme=programme,
        file=store.keep_document(document=page, **about),
        card=store.keep_document(document=card, **about),
        width=width,
        height=height,
        alt=alt,
    )


def _check_alt(alt: str, now: datetime) -> None:
    names = names_of_children([alt], local_day(now))
    post_rules.check_names_no_child({_("description"): alt}, names)


def _sizes(document: Document) -> tuple[Document, Document, tuple[int, int]]:
    """For pages, and as a card that fits a chat; width and height of the first."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(document.data)) as opened:
        whole = opened.convert("RGB")
    card = ImageOps.fit(whole, CARD, centering=UPPER_THIRD)
    whole.thumbnail((WIDEST, WIDEST))
    plain = replace(document, kind=DocumentKind.JPEG)
    return replace(plain, data=_jpeg(whole)), replace(plain, data=_jpeg(card)), whole.size


def _jpeg(picture: "Image") -> bytes:
    out = BytesIO()
    picture.save(out, "jpeg", quality=84, optimize=True)
    return out.getvalue()


@transaction.atomic
def describe(
    *,
    picture: Picture,
    alt: str,
    faces: str,
    people: Collection[Resident],
    by: User,
    now: datetime,
) -> None:
    """Say what a picture shows, and who can be recognised. Raises `Refused` as `check_faces` does,
    and where the description names a child."""
    rules.check_faces(faces, people)
    _check_alt(alt, now)
    told = {"told_at": now, "told_by": by} if faces else {"told_at": None, "told_by": None}
    Picture.objects.filter(pk=picture.pk).update(alt=alt, faces=faces, **told)
    picture.people.set(people)
    touch_posts([picture.pk], now)


def touch_posts(pictures: Collection[int], now: datetime) -> None:
    """Posts with these pictures have changed for their readers: feeds are read anew."""
    rows = Post.objects.filter(pictures__picture__in=pictures, state=Post.State.PUBLISHED)
    Post.objects.filter(pk__in=rows.values("pk")).update(changed_at=now)


@transaction.atomic
def put_in(*, post: Post, picture: Picture, by: User, now: datetime) -> PostPicture:
    """Put a picture into a draft, under the next number. In twice is in once.

    Raises `Refused` (`too_many`, `not_draft`, `waits`).
    """
    locked = lock_post(post.pk)
    post_rules.check_is_draft(locked)
    post_rules.check_does_not_wait(open_review(post.pk))
    if found := locked.pictures.filter(picture=picture).first():
        return found
    rules.check_room_for_more(locked.pictures.count())
    last = locked.pictures.aggregate(last=Max("number"))["last"] or 0
    locked.authors.get_or_create(account=by)
    Post.objects.filter(pk=locked.pk).update(changed_at=now)
    return PostPicture.objects.create(post=locked, picture=picture, number=last + 1)


@transaction.atomic
def take_out(*, place: PostPicture, by: User, now: datetime) -> None:
    """Out of a published post, too. Raises `Refused` (`waits`, `taken_down`)."""
    locked = lock_post(place.post_id)
    post_rules.check_is_there(locked)
    post_rules.check_does_not_wait(open_review(locked.pk))
    PostPicture.objects.filter(pk=place.pk).delete()
    Post.objects.filter(pk=locked.pk).update(changed_at=now)
    locked.authors.get_or_create(account=by)


@transaction.atomic
def remove(*, picture: Picture, now: datetime) -> None:
    """Away with it, from every post and record too. Removing twice is harmless."""
    touch_posts([picture.pk], now)
    Picture.objects.filter(pk=picture.pk).delete()
    store.remove(file=picture.file)
    store.remove(file=picture.card)
