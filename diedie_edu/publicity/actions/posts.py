"""Writing, publishing, correcting and taking down posts.

Lock order: the post → its request → whatever the decision locks.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.decisions.actions import requests
from diedie_edu.publicity.actions import review
from diedie_edu.publicity.actions.steps import check_words, lock_post, publish_now
from diedie_edu.publicity.models import Post, PostCorrection, PublicitySetting
from diedie_edu.publicity.queries.review import open_review
from diedie_edu.publicity.rules import posts as rules


@transaction.atomic
def write(*, post: Post, by: User, now: datetime) -> Post:
    """Keep a draft, new or changed. Raises `Refused` (`not_draft`, `waits`)."""
    if post.pk:
        _check_can_change(lock_post(post.pk))
    post.changed_at = now
    post.save()
    post.authors.get_or_create(account=by)
    return post


def _check_can_change(post: Post) -> None:
    rules.check_is_draft(post)
    rules.check_does_not_wait(open_review(post.pk))


@transaction.atomic
def drop(*, post: Post, now: datetime) -> None:
    """Take a draft away; a request that came back ends. Raises `Refused` (`not_draft`, `waits`)."""
    locked = lock_post(post.pk)
    _check_can_change(locked)
    requests.end(kind=review.POST_REVIEW, subject=locked.pk, now=now)
    locked.delete()


@transaction.atomic
def publish(*, post: Post, by: User, now: datetime) -> bool:
    """Publish a draft, at its time if that lies ahead; or ask for its review where its programme
    has posts reviewed. Whether it is published.

    Raises `Refused` (`not_draft`, `child_named`, and those of `decisions`' `submit`).
    """
    locked = lock_post(post.pk)
    rules.check_is_draft(locked)
    check_words(locked, local_day(now))
    setting = PublicitySetting.objects.filter(programme=locked.programme, is_reviewed=True)
    if setting.exists():
        review.ask(post=locked, by=by, now=now)
        return False
    publish_now(post=locked, by=by, now=now)
    return True


@transaction.atomic
def correct(*, post: Post, title: str, text: str, note: str, by: User, now: datetime) -> None:
    """Put a published post right; everybody reads what was corrected, and the old words are kept.

    Raises `Refused` (`not_published`, `child_named`).
    """
    locked = lock_post(post.pk)
    rules.check_is_published(locked)
    before = {"title_before": locked.title, "text_before": locked.text}
    locked.title, locked.text, locked.changed_at = title, text, now
    check_words(locked, local_day(now), {_("what was corrected"): note})
    PostCorrection.objects.create(post=locked, note=note, at=now, by=by, **before)
    locked.save(update_fields=["title", "text", "changed_at"])
    locked.authors.get_or_create(account=by)


@transaction.atomic
def take_down(*, post: Post, reason: str, by: User, now: datetime) -> None:
    """Nobody reads it any more. Raises `Refused` (`not_published`)."""
    locked = lock_post(post.pk)
    rules.check_is_published(locked)
    locked.state, locked.taken_down_reason = Post.State.TAKEN_DOWN, reason
    locked.taken_down_at, locked.taken_down_by, locked.changed_at = now, by, now
    locked.save()


@transaction.atomic
def pin(*, post: Post, until: date | None) -> None:
    """To the top up to this day, or no longer. Raises `Refused` (`not_published`)."""
    locked = lock_post(post.pk)
    rules.check_is_published(locked)
    Post.objects.filter(pk=locked.pk).update(pinned_until=until)


def set_review(*, programme: str, is_reviewed: bool) -> None:
    """Whether posts of a programme are reviewed from now on."""
    given = {"is_reviewed": is_reviewed}
    PublicitySetting.objects.update_or_create(programme=programme, defaults=given)
