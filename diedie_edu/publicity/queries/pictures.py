"""Which pictures may be shown, who sees a file, and where a picture had gone out."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.manifests import parts_of
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import is_grown
from diedie_edu.publicity.models import (
    OutwardRecord,
    PersonInPicture,
    Picture,
    PictureConsent,
    Post,
    PostPicture,
)
from diedie_edu.publicity.parts import FilesWithPictures
from diedie_edu.publicity.queries.posts import in_public


def live_consents(today: date) -> QuerySet[PictureConsent]:
    """Permissions that count today: not withdrawn, of somebody who is there and not locked, and
    under 14 a guardian's."""
    by_whom_it_needs = is_grown(today, "person__") | Q(guardian__isnull=False)
    there = Q(person__erased_at=None, person__erase_due_on=None)
    return PictureConsent.objects.filter(by_whom_it_needs, there, withdrawn_at=None)


def shown_pictures(today: date) -> QuerySet[Picture]:
    """Those that anybody may see: nobody can be recognised in them, or each one who can be has a
    live permission. Every way out of the portal asks this, each time."""
    agreed = live_consents(today).filter(person=OuterRef("person"))
    people = PersonInPicture.objects.filter(picture=OuterRef("pk"))
    named = Q(faces=Picture.Faces.NAMED) & Exists(people) & ~Exists(people.exclude(Exists(agreed)))
    return Picture.objects.filter(Q(faces=Picture.Faces.NOBODY) | named)


def may_read_picture(reader: Reader, file: StoredFile) -> bool:
    """Whoever publishes at its programme; everybody while it may be shown and stands in a post that
    is in public."""
    now = local_now()
    found = Picture.objects.filter(Q(file=file) | Q(card=file))
    if isinstance(reader, User):
        own = to_choose_from(reader.scopes(Permission.PUBLISH))
        if own.filter(pk__in=found).exists():
            return True
    shown = shown_pictures(local_day(now)).filter(pk__in=found)
    return PostPicture.objects.filter(picture__in=shown, post__in=in_public(now)).exists()


def to_choose_from(scopes: Collection[str]) -> QuerySet[Picture]:
    """Those of one's programmes and of all together; nothing for whoever publishes nowhere."""
    own = Q(pk__in=within(Picture.objects, scopes).values("pk"))
    rows = Picture.objects.filter(own | Q(programme="")) if scopes else Picture.objects.none()
    return rows.select_related("file")


def people_who_agreed(today: date) -> QuerySet[Resident]:
    """Who can be named in a picture."""
    agreed = live_consents(today).filter(person=OuterRef("pk"))
    return Resident.objects.filter(Exists(agreed)).order_by("sort_key", "pk")


@dataclass(frozen=True)
class GoneOut:
    """A picture that may not be shown (any more), and where it had gone out: posts in which it
    stood, what is still out there or was, and files that other rooms handed out."""

    picture: Picture
    posts: list[Post]
    records: list[OutwardRecord]
    files: list[str]

    @property
    def still_out(self) -> list[OutwardRecord]:
        return [row for row in self.records if row.over_on is None]


def gone_out(scopes: Collection[str], now: datetime) -> list[GoneOut]:
    """The list for whoever has to take something down by hand, the newest picture first."""
    hidden = within(Picture.objects.all(), scopes).exclude(
        pk__in=shown_pictures(local_day(now)).values("pk")
    )
    return where_gone_out(hidden.exclude(faces="").select_related("file"), now)


def where_gone_out(pictures: Iterable[Picture], now: datetime) -> list[GoneOut]:
    """Those of them that had gone out anywhere. A post that went out elsewhere took its pictures
    along."""
    rows = list(pictures)
    places = PostPicture.objects.filter(picture__in=rows, post__publish_at__lte=now)
    posts: dict[int, dict[int, Post]] = defaultdict(dict)
    for place in places.exclude(post__state=Post.State.DRAFT).select_related("post"):
        posts[place.picture_id][place.post_id] = place.post
    in_posts = {number for found in posts.values() for number in found}
    out = OutwardRecord.objects.filter(Q(picture__in=rows) | Q(post__in=in_posts))
    records, files = list(out), _files(rows)
    found = []
    for picture in rows:
        of_it = [row for row in records if _carries(row, picture, posts[picture.pk])]
        if posts[picture.pk] or of_it or files[picture.pk]:
            in_these = list(posts[picture.pk].values())
            found.append(GoneOut(picture, in_these, of_it, files[picture.pk]))
    return found


def _files(pictures: Collection[Picture]) -> dict[int, list[str]]:
    """Files of other rooms, by the number of the picture that is in them."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in parts_of(FilesWithPictures):
        for number, files in part.of([picture.pk for picture in pictures]).items():
            found[number] += files
    return found


def _carries(record: OutwardRecord, picture: Picture, posts: dict[int, Any]) -> bool:
    return record.picture_id == picture.pk or record.post_id in posts


def to_be_taken_in(scopes: Collection[str], now: datetime) -> list[GoneOut]:
    """What hangs or stands somewhere outside with somebody who has not agreed (any more)."""
    return [row for row in gone_out(scopes, now) if row.still_out]
