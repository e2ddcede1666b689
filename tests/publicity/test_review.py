"""Where it is set, somebody else reads a post before everybody does."""

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.actions import deciding, requests
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.notices.models import Notice
from diedie_edu.publicity.actions import pictures, posts
from diedie_edu.publicity.models import Post, PostAuthor, PublicitySetting
from tests.conftest import NOW
from tests.support.news import SLUG, make_draft, make_picture, make_post
from tests.support.refusals import code_of, guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def reviewed():
    posts.set_review(programme=SLUG, is_reviewed=True)


def decide(post: Post, what: str, by, seen: str = "") -> None:
    request = Request.objects.get(kind="post", subject=post.pk)
    decision = Decision(what, seen or shown_now(request), "请改")
    deciding.decide(request=request, decision=decision, by=by, now=NOW)


def test_it_waits_until_somebody_else_has_read_it(lead, branch):
    post = make_draft(lead)
    assert not posts.publish(post=post, by=lead, now=NOW)
    assert Notice.objects.filter(kind="decisions.waits", account=branch).exists()
    change = {"post": post, "by": lead, "now": NOW}
    assert code_of(lambda: posts.write(**change)) == "waits"
    assert code_of(lambda: pictures.put_in(picture=make_picture(), **change)) == "waits"
    decide(post, State.APPROVED, branch)
    post.refresh_from_db()
    assert (post.state, post.published_by, post.publish_at) == ("published", branch, NOW)


def test_what_came_back_is_changed_and_sent_again(lead, branch):
    post = make_draft(lead)
    posts.publish(post=post, by=lead, now=NOW)
    decide(post, State.RETURNED, branch)
    post.text = "改好了。"
    posts.write(post=post, by=lead, now=NOW)
    posts.publish(post=post, by=lead, now=NOW)
    decide(post, State.APPROVED, branch)
    assert Post.objects.get().is_published


def test_what_came_back_and_is_thrown_away_waits_for_nobody(lead, branch):
    post = make_draft(lead)
    posts.publish(post=post, by=lead, now=NOW)
    decide(post, State.RETURNED, branch)
    posts.drop(post=post, now=NOW)
    assert Request.objects.get(kind="post").state == State.WITHDRAWN


def test_where_nobody_is_left_to_read_it_the_page_says_so(lead, branch, as_user):
    post = make_draft(branch)
    posts.publish(post=post, by=branch, now=NOW)
    path = f"/desk/publicity/{post.pk}/"
    assert "没有人可以审核" in as_user(lead).get(path).text


def test_what_is_taken_back_may_be_changed(lead):
    post = make_draft(lead)
    posts.publish(post=post, by=lead, now=NOW)
    requests.withdraw(request=Request.objects.get(kind="post"), by=lead, now=NOW)
    posts.write(post=post, by=lead, now=NOW)


def test_nobody_reviews_what_they_wrote_in(lead, branch, make_user):
    """The branch lead has put a picture in, so another one reads it."""
    post = make_draft(lead)
    pictures.put_in(post=post, picture=make_picture(), by=branch, now=NOW)
    posts.publish(post=post, by=lead, now=NOW)
    assert code_of(lambda: decide(post, State.APPROVED, branch)) == "own"
    decide(post, State.APPROVED, make_user(Role.BRANCH_LEAD))
    assert Post.objects.get().is_published


def test_what_is_approved_is_what_was_read(lead, branch):
    post = make_draft(lead)
    posts.publish(post=post, by=lead, now=NOW)
    request = Request.objects.get(kind="post")
    seen = shown_now(request)
    Post.objects.filter(pk=post.pk).update(text="偷偷换了")
    assert code_of(lambda: decide(post, State.APPROVED, branch, seen)) == "changed"


def test_the_database_lets_none_pass_unread(lead):
    post = make_draft(lead)
    rows = Post.objects.filter(pk=post.pk)
    past = {"state": "published", "publish_at": NOW, "published_by": lead}
    assert guard_that_stops(lambda: rows.update(**past)) == "a_post_is_reviewed_where_set"


def test_other_programmes_publish_at_once(branch):
    assert make_post(branch, programme="happy-square").is_published


def test_branch_leads_alone_say_where_posts_are_reviewed(lead, branch, as_user):
    path = "/desk/publicity/reviewed/"
    assert as_user(lead).get(path).status_code == 403
    client = as_user(branch)
    assert client.post(path, {"programme": "nowhere"}).status_code == 404
    client.post(path, {"programme": "", "on": "1"})
    client.post(path, {"programme": SLUG})
    on = PublicitySetting.objects.filter(is_reviewed=True).values_list("programme", flat=True)
    assert set(on) == {""}


def test_each_author_stands_once(lead):
    post = make_draft(lead)
    twice = PostAuthor(post=post, account=lead)
    assert guard_that_stops(twice.save) == "author_of_a_post_once"
