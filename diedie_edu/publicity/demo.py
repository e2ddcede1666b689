"""News of the demo season: posts of some weeks, one that waits, one being written, what went out
elsewhere; and a picture outside with somebody who has changed their mind."""

import json
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings

from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident
from diedie_edu.programmes.demo import Cast, DemoSeason
from diedie_edu.publicity.actions import consents, newsletters, pictures, posts, records
from diedie_edu.publicity.models import OutwardRecord, Picture, PictureConsent, Post

NEWS = settings.BASE_DIR / "fixtures" / "demo" / "news.json"
WIDTH, HEIGHT = 800, 534
SKY, GROUND, WALL = (225, 239, 231), (242, 234, 218), (11, 63, 53)
PANES = ((126, 199, 166), (244, 189, 83), (230, 138, 168), (146, 177, 236))
Facts = dict[str, Any]


def play(cast: Cast, now: datetime) -> bool:
    if Post.objects.exists():
        return False
    facts: Facts = json.loads(NEWS.read_text(encoding="utf-8"))
    made = [_publish(row, number, cast, now) for number, row in enumerate(facts["posts"])]
    last_month = (local_day(now).replace(day=1) - timedelta(days=1)).replace(day=1)
    letter = newsletters.draft(first=last_month, programme="", by=cast.staff, now=now)
    posts.publish(post=letter, by=cast.staff, now=now)
    for slug in facts["reviewed"]:
        posts.set_review(programme=slug, is_reviewed=True)
    waiting = posts.write(post=Post(**facts["waiting"]), by=cast.staff, now=now)
    posts.publish(post=waiting, by=cast.staff, now=now)
    posts.write(post=Post(**facts["draft"]), by=cast.staff, now=now)
    for row in facts["records"]:
        _record(row, made, cast, now)
    _change_their_mind(now)
    return True


def _publish(row: Facts, number: int, cast: Cast, now: datetime) -> Post:
    then = _at(local_day(now) - timedelta(days=row["days_ago"]))
    told = {name: row[name] for name in ("programme", "title", "text")}
    post = posts.write(post=Post(**told), by=cast.staff, now=then)
    if alt := row.get("picture"):
        picture = _picture(post.programme, alt, number, cast, then)
        _say_who(picture, cast, bool(row.get("shows")), then)
        pictures.put_in(post=post, picture=picture, by=cast.staff, now=then)
    posts.publish(post=post, by=cast.staff, now=then)
    if days := row.get("pinned_days"):
        posts.pin(post=post, until=local_day(now) + timedelta(days=days))
    if note := row.get("correction"):
        text = post.text.replace(*row["replace"])
        who: Facts = {"by": cast.staff, "now": then + timedelta(days=1)}
        posts.correct(post=post, title=post.title, text=text, note=note, **who)
    return post


def _at(day: date) -> datetime:
    return moment(day, time(10))


def _picture(programme: str, alt: str, number: int, cast: Cast, then: datetime) -> Picture:
    data = draw(number)
    return pictures.add(programme=programme, data=data, alt=alt, by=cast.staff, now=then)


def draw(number: int) -> bytes:
    """A row of houses with the four panes of the mark, a little different each time."""
    from PIL import Image, ImageDraw

    drawn = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((575 - 45 * number, 55, 665 - 45 * number, 145), PANES[1])
    for house in range(4):
        left, top = 30 + 195 * house, 235 - 35 * ((house + number) % 3)
        pen.polygon([(left, top), (left + 77, top - 75), (left + 155, top)], WALL)
        pen.rectangle((left + 10, top, left + 145, 430), WALL)
        for pane, colour in enumerate(PANES):
            x, y = left + 32 + 50 * (pane % 2), top + 30 + 65 * (pane // 2)
            pen.rectangle((x, y, x + 40, y + 55), colour)
    pen.rectangle((0, 430, WIDTH, HEIGHT), GROUND)
    out = BytesIO()
    drawn.save(out, "png")
    return out.getvalue()


def _say_who(picture: Picture, cast: Cast, shows: bool, then: datetime) -> None:
    """Nobody; or the demo resident, and somebody who will change their mind."""
    people = [cast.resident, _second(cast)] if shows else []
    for person in people:
        consents.give(
            person=person,
            guardian=None,
            given_on=local_day(then),
            paper_reference="蓝色文件夹",
            by=cast.staff,
            now=then,
        )
    faces = Picture.Faces.NAMED if people else Picture.Faces.NOBODY
    told: Facts = {"alt": picture.alt, "faces": faces, "people": people}
    pictures.describe(picture=picture, by=cast.staff, now=then, **told)


def _second(cast: Cast) -> Resident:
    grown = Resident.objects.filter(birth_date__year__lt=1970, account=None)
    return grown.exclude(pk=cast.resident.pk).earliest("pk")


def _record(row: Facts, made: list[Post], cast: Cast, now: datetime) -> None:
    today = local_day(now)
    of = made[row["post"]] if "post" in row else None
    record = OutwardRecord(
        programme=of.programme if of else row["programme"],
        way=row["way"],
        what=row["what"],
        place=row.get("place", ""),
        link=row.get("link", ""),
        went_out_on=today - timedelta(days=row["days_ago"]),
        over_on=today - timedelta(days=row["over"]) if "over" in row else None,
        post=of,
    )
    records.keep(record=record, by=cast.staff, now=now)


def _change_their_mind(now: datetime) -> None:
    """The picture of two leaves its post, and a notice board has to be seen to."""
    for picture in Picture.objects.filter(faces=Picture.Faces.NAMED):
        person = picture.people.latest("pk")
        for consent in PictureConsent.objects.filter(person=person, withdrawn_at=None):
            consents.withdraw(consent=consent, by=None, now=now)


SEASON = DemoSeason(play)
