"""Posts as everybody reads them: with the pictures that may be shown at this moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from diedie_edu.common.days import local_day
from diedie_edu.publicity.models import Picture, Post, PostCorrection, PostPicture
from diedie_edu.publicity.queries.pictures import shown_pictures
from diedie_edu.publicity.rules import writing


@dataclass(frozen=True)
class Read:
    """A post for readers; `pictures` by their numbers, and `corrections` since it is in public."""

    post: Post
    pictures: dict[int, Picture]
    corrections: list[PostCorrection]

    @cached_property
    def written(self) -> writing.Written:
        return writing.html_of(self.post.text, self._drawn())

    def feed_html(self, host: str) -> str:
        """Its text and all its pictures, with whole addresses."""
        below = "\n".join(f"\n\n![]({number})" for number in self._left())
        return writing.html_of(self.post.text + below, self._drawn(), host).html

    @property
    def below(self) -> list[Picture]:
        """Pictures that the text does not place."""
        return [self.pictures[number] for number in self._left()]

    @property
    def lead(self) -> Picture | None:
        """The one on cards and in chats."""
        return next(iter(self.pictures.values()), None)

    @property
    def summary(self) -> str:
        return writing.summary_of(self.post.text)

    @property
    def changed_at(self) -> datetime:
        """When readers last saw something new."""
        assert self.post.publish_at is not None
        return max(self.post.publish_at, self.post.changed_at)

    def _left(self) -> list[int]:
        return [number for number in self.pictures if number not in self.written.used]

    def _drawn(self) -> dict[int, writing.Drawn]:
        return {number: drawn(picture) for number, picture in self.pictures.items()}


def drawn(picture: Picture) -> writing.Drawn:
    url = reverse("files:file", args=[picture.file.key])
    return writing.Drawn(url, picture.alt, picture.width, picture.height)


def read(posts: Iterable[Post], now: datetime) -> list[Read]:
    """With two queries, however many there are."""
    rows = list(posts)
    pictures: dict[int, dict[int, Picture]] = defaultdict(dict)
    shown = shown_pictures(local_day(now))
    places = PostPicture.objects.filter(post__in=rows, picture__in=shown).order_by("number")
    for place in places.select_related("picture__file", "picture__card"):
        pictures[place.post_id][place.number] = place.picture
    corrections: dict[int, list[PostCorrection]] = defaultdict(list)
    for row in PostCorrection.objects.filter(post__in=rows):
        corrections[row.post_id].append(row)
    return [Read(post, pictures[post.pk], _seen(post, corrections[post.pk])) for post in rows]


def _seen(post: Post, corrections: Iterable[PostCorrection]) -> list[PostCorrection]:
    """Those of which anybody can have read what stood there before."""
    return [row for row in corrections if post.publish_at and row.at > post.publish_at]
