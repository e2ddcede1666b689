"""From a draft to what everybody reads, and its end."""

from datetime import timedelta

import pytest

from diedie_edu.figures.queries.figures import Figures
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.publicity.actions import posts
from diedie_edu.publicity.models import Post, PostCorrection
from diedie_edu.publicity.queries.posts import in_public, names_of_children, pinned_first
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.news import make_draft, make_picture, make_post, make_record
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_post_is_in_public_from_its_time_on(lead):
    post = make_post(lead, publish_at=NOW + HOUR)
    assert post.is_published
    assert not in_public(NOW + HOUR - timedelta(seconds=1)).exists()
    assert in_public(NOW + HOUR).get() == post


def test_a_time_that_is_over_is_at_once(lead):
    assert make_post(lead, publish_at=NOW - HOUR).publish_at == NOW


def test_what_is_pinned_is_first_for_its_days(lead):
    old = make_post(lead, now=NOW - 9 * HOUR)
    new = make_post(lead)
    posts.pin(post=old, until=NOW.date())
    assert list(pinned_first(in_public(NOW), NOW)) == [old, new]
    tomorrow = NOW + timedelta(days=1)
    assert list(pinned_first(in_public(tomorrow), tomorrow)) == [new, old]


def test_a_published_post_is_corrected_for_everybody_to_see(lead):
    post = make_post(lead)
    told = {"title": "书法班开班", "text": "周日也来。", "note": "写明周日"}
    assert code_of(lambda: posts.write(post=post, by=lead, now=NOW)) == "not_draft"
    posts.correct(post=post, by=lead, now=NOW + HOUR, **told)
    post.refresh_from_db()
    row = post.corrections.get()
    assert (post.title, post.changed_at) == ("书法班开班", NOW + HOUR)
    assert (row.title_before, row.text_before) == ("书法课开班", "**欢迎**大家来写字。")


def test_what_is_taken_down_is_gone_for_good(lead):
    post = make_post(lead)
    posts.take_down(post=post, reason="写错了人", by=lead, now=NOW)
    assert not in_public(NOW).exists()
    again = {"post": post, "by": lead, "now": NOW}
    assert code_of(lambda: posts.take_down(reason="再来", **again)) == "not_published"
    assert code_of(lambda: posts.publish(**again)) == "not_draft"


def test_a_draft_is_thrown_away_and_nothing_else(lead):
    posts.drop(post=make_draft(lead), now=NOW)
    assert not Post.objects.exists()
    post = make_post(lead)
    assert code_of(lambda: posts.drop(post=post, now=NOW)) == "not_draft"


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"state": "draft", "published_by": None}, "what_was_published_is_no_draft_again"),
        ({"text": "偷偷改了"}, "published_words_change_with_a_note"),
        ({"publish_at": None}, "post_stands_as_its_state_says"),
        ({"title": ""}, "post_says_something"),
    ],
)
def test_the_database_keeps_what_was_published(lead, fields, guard):
    rows = Post.objects.filter(pk=make_post(lead).pk)
    assert guard_that_stops(lambda: rows.update(**fields)) == guard


def test_the_database_keeps_posts_corrections_and_what_was_taken_down(lead):
    post = make_post(lead)
    posts.correct(post=post, title="新", text="新", note="改", by=lead, now=NOW)
    assert guard_that_stops(PostCorrection.objects.all().delete) == "corrections_stay"
    other = make_post(lead)
    assert guard_that_stops(other.delete) == "only_drafts_are_deleted"
    posts.take_down(post=other, reason="不对", by=lead, now=NOW)
    rows = Post.objects.filter(pk=other.pk)
    assert guard_that_stops(lambda: rows.update(title="又来")) == "what_was_taken_down_stays_so"
    straight = {"title": "一", "text": "二", "publish_at": NOW, "changed_at": NOW}
    made = Post(state="published", published_by=lead, **straight)
    assert guard_that_stops(made.save) == "a_post_begins_as_a_draft"


# --- Children --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "恭喜陈小明"),
        ("text", "他叫陈 小 明，九岁。"),
        ("text", "陈**小明**得了奖"),
        ("text", "陈\u200b小明"),
        ("text", "[陈小明](https://a.cn)"),
    ],
)
def test_under_14_nobody_stands_with_the_full_name(lead, make_resident, field, words):
    consented(make_resident(full_name="陈小明", birth_date=NINE))
    post = make_draft(lead, **{field: words})
    assert code_of(lambda: posts.publish(post=post, by=lead, now=NOW)) == "child_named"


@pytest.mark.parametrize("words", ["小明，九岁", "老陈。小明也来了", "陈明", "陈小华"])
def test_words_that_are_no_childs_full_name_may_stand(lead, make_resident, words):
    consented(make_resident(full_name="陈小明", birth_date=NINE))
    assert make_post(lead, text=words).is_published


def test_only_children_whom_a_text_may_name_are_read(make_resident):
    """However many are known: the database looks for them."""
    for name in ("陈小明", "陈小华", "冼某"):
        consented(make_resident(full_name=name, birth_date=NINE))
    found = names_of_children(["陈 小明，九岁", "老冼。某人"], NOW.date())
    assert found == [("陈小明", "陈小明")]


def test_neither_in_a_correction_nor_below_a_picture(lead, make_resident):
    post = make_post(lead)
    consented(make_resident(full_name="陈小明", birth_date=NINE))
    told = {"post": post, "title": "一", "text": "二", "by": lead, "now": NOW}
    assert code_of(lambda: posts.correct(note="陈小明的生日", **told)) == "child_named"
    picture = make_picture()
    picture.alt = "陈小明在写字"
    picture.save()
    other = make_draft(lead)
    other.pictures.create(picture=picture, number=1)
    assert code_of(lambda: posts.publish(post=other, by=lead, now=NOW)) == "child_named"


def test_on_the_14th_birthday_a_name_is_still_a_childs_and_the_day_after_not(lead, make_resident):
    born = NOW.date().replace(year=NOW.year - 14)
    consented(make_resident(full_name="陈小明", birth_date=born))
    post = make_draft(lead, text="陈小明得了奖")
    assert code_of(lambda: posts.publish(post=post, by=lead, now=NOW)) == "child_named"
    assert posts.publish(post=post, by=lead, now=NOW + timedelta(days=1))


# --- The figure ------------------------------------------------------------------------


def test_the_figure_counts_posts_and_records_of_the_period(lead):
    make_post(lead)
    taken = make_post(lead)
    posts.take_down(post=taken, reason="不对", by=lead, now=NOW)
    make_post(lead, publish_at=NOW + timedelta(days=40))
    make_post(lead, programme="")
    make_record()
    make_record(went_out_on=NOW.date() - timedelta(days=400))
    found = Figures(span_on(SpanKind.MONTH, NOW.date()), NOW, only=["publicity"])
    numbers = {slug: found.of(slug)[0].value.number for slug in ("residents-school", "")}
    assert numbers == {"residents-school": 2, "": 3}
    assert found.of("happy-square")[0].note == "暂无数据"
