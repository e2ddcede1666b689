"""What several actions do with a post whose row they hold."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.queries.posts import names_of_children
from diedie_edu.publicity.rules import posts as rules
from diedie_edu.publicity.rules import writing


def lock_post(number: int) -> Post:
    """Its row until the transaction ends."""
    return Post.objects.select_for_update(of=("self",)).get(pk=number)


def check_words(post: Post, today: date, more: Mapping[str, str] | None = None) -> None:
    """No child stands with the full name in anything a post says. Raises `Refused`."""
    parts = {_("title"): post.title, _("text"): writing.plain(post.text), **(more or {})}
    places = post.pictures.select_related("picture") if post.pk else ()
    parts |= {_("picture %s") % place.number: place.picture.alt for place in places}
    rules.check_names_no_child(parts, names_of_children(parts.values(), today))


def publish_now(*, post: Post, by: User, now: datetime) -> None:
    """A locked draft is published: at the time that is set, or at once."""
    post.state, post.published_by, post.changed_at = Post.State.PUBLISHED, by, now
    post.publish_at = max(post.publish_at or now, now)
    post.save(update_fields=["state", "published_by", "changed_at", "publish_at"])
