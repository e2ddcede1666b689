"""What a branch lead reads before a post is published."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from diedie_edu.common.days import moment_text
from diedie_edu.common.manifests import programmes
from diedie_edu.decisions.kinds import Line
from diedie_edu.decisions.models import OPEN, Request
from diedie_edu.decisions.queries.requests import deciders
from diedie_edu.publicity.models import Post, PostAuthor, PostPicture
from diedie_edu.publicity.models.posts import KIND


def open_review(post: int) -> Request | None:
    """The request about a post (its number) that is not closed yet."""
    return Request.objects.filter(kind=KIND, subject=post, state__in=OPEN).first()


def has_reviewer(request: Request, today: date) -> bool:
    """Whether anybody may decide who did not write in the post."""
    authors = PostAuthor.objects.filter(post=request.subject).values_list("account", flat=True)
    return bool(set(deciders(request, today)) - set(authors))


def contents(posts: Collection[int]) -> Mapping[int, dict[str, Any]]:
    """All that readers would see."""
    rows = Post.objects.filter(pk__in=posts)
    found: dict[int, dict[str, Any]] = {
        row.pk: {
            "programme": row.programme,
            "title": row.title,
            "text": row.text,
            "publish_at": row.publish_at and moment_text(row.publish_at),
            "pictures": [],
        }
        for row in rows
    }
    places = PostPicture.objects.filter(post__in=posts).select_related("picture__file")
    for place in places.order_by("post", "number"):
        told = [place.number, place.picture.alt, place.picture.file.sha256]
        found[place.post_id]["pictures"].append(told)
    return found


def lines(content: Mapping[str, Any]) -> Iterator[Line]:
    programme = programmes().get(content["programme"])
    yield Line(_("Programme"), str(programme.title) if programme else _("all programmes"))
    yield Line(_("Title"), content["title"])
    yield Line(_("Text"), content["text"])
    yield Line(_("In public from"), content["publish_at"] or _("at once"))
    for number, alt, _sha256 in content["pictures"]:
        yield Line(_("Picture %s") % number, alt)
