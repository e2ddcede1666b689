"""A post is reviewed before it is published, where its programme has it so (`decisions`)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel
from diedie_edu.decisions.actions import requests
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import Request
from diedie_edu.publicity.actions.steps import check_words, lock_post, publish_now
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.models.posts import KIND
from diedie_edu.publicity.queries import review as queries
from diedie_edu.publicity.rules import posts as rules


def ask(*, post: Post, by: User, now: datetime) -> Request:
    """Ask for the review of a locked draft, or ask again. Raises `Refused` (`not_yours`)."""
    return requests.submit(
        kind=POST_REVIEW,
        subject=post.pk,
        programme=post.programme,
        data={"title": post.title},
        by=by,
        now=now,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """Publish it. Raises `Refused` (`own`, `not_draft`, `child_named`)."""
    post = lock_post(request.subject)
    authors = post.authors.values_list("account", flat=True)
    rules.check_may_review(authors, by, request.decided_for_id)
    rules.check_is_draft(post)
    check_words(post, local_day(now))
    publish_now(post=post, by=by, now=now)


def _beside(request: Request) -> Panel:
    """As readers would see it."""
    return Panel(10, "publicity/review_link.html", {"post": Post.objects.get(pk=request.subject)})


POST_REVIEW = DecisionKind(
    slug=KIND,
    title=_("A post is to be published"),
    line=_("“{title}”"),
    permission=Permission.REVIEW_OFFICE,
    days=3,
    lock=lock_post,
    contents=queries.contents,
    lines=queries.lines,
    approve=approve,
    beside=_beside,
    change=lambda number: reverse("publicity:change", args=[number]),
)
