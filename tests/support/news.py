"""Posts, pictures and permissions for tests of publicity."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.publicity.actions import consents, pictures, posts
from diedie_edu.publicity.models import OutwardRecord, Picture, PictureConsent, Post
from tests.conftest import NOW
from tests.support.children import somebody

SLUG = "residents-school"


def jpeg(size: tuple[int, int] = (1800, 1200), colour: str = "teal", **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "jpeg", **options)
    return out.getvalue()


def make_draft(by: User | None = None, **fields: object) -> Post:
    given = {"programme": SLUG, "title": "书法课开班", "text": "**欢迎**大家来写字。"}
    return posts.write(post=Post(**given | fields), by=by or somebody(), now=NOW)


def make_post(
    by: User | None = None, now: datetime = NOW, shows: Picture | None = None, **fields: object
) -> Post:
    """A published one."""
    by = by or somebody()
    post = make_draft(by, **fields)
    if shows is not None:
        pictures.put_in(post=post, picture=shows, by=by, now=now)
    posts.publish(post=post, by=by, now=now)
    post.refresh_from_db()
    return post


def make_picture(*people: Resident, faces: str = "", programme: str = SLUG) -> Picture:
    """One of these people, who all agreed; else of nobody, unless `faces` says it is not known."""
    by = somebody()
    made = pictures.add(programme=programme, data=jpeg(), alt="大家在写字", by=by, now=NOW)
    faces = faces or ("named" if people else "nobody")
    if faces != "unknown":
        told = {"alt": made.alt, "faces": faces, "people": people}
        pictures.describe(picture=made, by=by, now=NOW, **told)
        made.refresh_from_db()
    return made


def agreed(
    person: Resident, guardian: Resident | None = None, now: datetime = NOW
) -> PictureConsent:
    return consents.give(
        person=person,
        guardian=guardian,
        given_on=local_day(now),
        paper_reference="蓝色文件夹",
        by=somebody(),
        now=now,
    )


def make_record(**fields: object) -> OutwardRecord:
    given = {"programme": SLUG, "way": "board", "what": "海报", "place": "三号楼"}
    day = {"went_out_on": local_day(NOW) - timedelta(days=1)}
    return OutwardRecord.objects.create(**given | day | {"entered_at": NOW} | fields)
