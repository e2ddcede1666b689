"""The pages: what everybody reads, and what those who write send."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from diedie_edu.activities.models import Activity, Attendance
from diedie_edu.programmes.models import Programme
from diedie_edu.publicity.actions import newsletters, posts
from diedie_edu.publicity.models import OutwardRecord, Picture, PictureConsent, Post
from diedie_edu.publicity.queries import newsletters as queries
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.counting import queries_of
from tests.support.news import SLUG, agreed, jpeg, make_draft, make_picture, make_post, make_record
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FEED = "/news/feed/"


@pytest.fixture
def client(as_user, lead):
    return as_user(lead)


# --- For everybody ---------------------------------------------------------------------


def test_news_are_of_one_programme_where_it_is_named(lead):
    make_post(lead, title="周六班")
    make_post(lead, title="跳舞队", programme="happy-square")
    assert re.findall("周六班|跳舞队", Client().get("/news/").text) == ["跳舞队", "周六班"]
    only = Client().get("/news/?programme=happy-square").text
    assert re.findall("周六班|跳舞队", only) == ["跳舞队"]


def test_at_its_time_a_post_is_there(lead, clock):
    post = make_post(lead, publish_at=NOW + timedelta(hours=1))
    path = f"/news/{post.pk}/"
    assert Client().get(path).status_code == 404
    assert post.title not in Client().get(FEED).text
    clock.shift(3600)
    assert Client().get(path).status_code == 200
    assert post.title in Client().get(FEED).text


def test_of_one_that_was_taken_down_no_word_is_left(lead):
    post = make_post(lead, title="写错了")
    posts.take_down(post=post, reason="不对", by=lead, now=NOW)
    answer = Client().get(f"/news/{post.pk}/")
    assert answer.status_code == 410
    assert "写错了" not in answer.text + Client().get("/news/").text + Client().get(FEED).text


def test_a_chat_finds_title_words_and_picture(lead):
    post = make_post(lead, shows=make_picture(), title='A&B "<14"')
    page = Client().get(f"/news/{post.pk}/").text
    assert 'og:title" content="A&amp;B &quot;&lt;14&quot;"' in page
    assert 'og:description" content="欢迎大家来写字。"' in page
    assert f'og:url" content="http://127.0.0.1:8000/news/{post.pk}/"' in page


def test_the_feed_is_the_same_while_nothing_changed(lead, clock, as_user, stranger):
    empty = Client().get(FEED).content
    clock.shift(3600)
    assert Client().get(FEED).content == empty
    post = make_post(lead, now=NOW + timedelta(hours=1), shows=make_picture())
    one = Client().get(FEED).content
    assert one != empty
    clock.shift(3 * 24 * 3600)
    english = Client(headers={"accept-language": "en"})
    assert english.get(FEED).content == as_user(stranger).get(FEED).content == one
    later = NOW + timedelta(days=3)
    posts.correct(post=post, title="新", text="新", note="改了题目", by=lead, now=later)
    assert "改了题目" in Client().get(FEED).text
    assert b"2026-11-26" in Client().get(FEED).content


def test_pages_ask_the_same_however_much_there_is(lead, make_resident):
    person = make_resident()
    agreed(person)
    make_post(lead, shows=make_picture(person))
    pages = ["/news/", FEED, "/"]
    few = [queries_of(Client(), path) for path in pages]
    for _n in range(2):
        make_post(lead, shows=make_picture(person))
    assert [queries_of(Client(), path) for path in pages] == few


# --- For those who write ---------------------------------------------------------------


def test_lists_ask_the_same_however_much_there_is(client, lead, make_resident):
    def more() -> None:
        agreed(make_resident())
        picture = make_picture()
        make_post(lead, shows=picture)
        make_draft(lead)
        make_record(picture=picture)

    more()
    tabs = ["/desk/publicity/", "/desk/publicity/?state=published", "/desk/publicity/records/"]
    pages = [*tabs, "/desk/publicity/pictures/", "/desk/publicity/consents/"]
    few = [queries_of(client, path) for path in pages]
    more()
    more()
    assert [queries_of(client, path) for path in pages] == few


def test_a_post_is_written_looked_at_and_published(client):
    told = {"programme": SLUG, "title": "开班", "text": "来吧"}
    assert client.post("/desk/publicity/write/", told | {"programme": "happy-square"}).context
    answer = client.post("/desk/publicity/write/", told)
    post = Post.objects.get()
    assert answer.url == f"/desk/publicity/{post.pk}/"
    picture = make_picture()
    client.post(f"{answer.url}put-in/", {"picture": picture.pk})
    assert "来吧" in client.get(answer.url).text
    client.post(f"{answer.url}publish/")
    assert Client().get(f"/news/{post.pk}/").status_code == 200
    client.post(f"{answer.url}pin/", {"until": "2026-12-01"})
    client.post(f"{answer.url}take-out/1/")
    post.refresh_from_db()
    assert post.pinned_until == date(2026, 12, 1)
    assert not post.pictures.exists()


@pytest.mark.parametrize("page", ["write", "pictures/add", "records/add", "newsletter"])
def test_nobody_speaks_for_all_programmes_by_leaving_theirs_out(client, page):
    told = {"title": "一", "text": "二", "way": "board", "went_out_on": "2026-11-20"}
    more = {"what": "海报", "place": "三号楼", "alt": "写字", "month": "2026-11"}
    answer = client.post(f"/desk/publicity/{page}/", told | more)
    assert answer.context["form"].errors["programme"]
    assert not Post.objects.exists()


def test_a_stale_form_undoes_nothing(client, lead):
    post = make_draft(lead)
    path = f"/desk/publicity/{post.pk}/change/"
    before = opened(client, path)
    post.text = "别人写的"
    posts.write(post=post, by=lead, now=NOW)
    answer = client.post(path, before | {"title": post.title, "text": "我写的"})
    assert answer.status_code == 200
    assert "别人写的" in answer.text
    assert "我写的" in answer.text
    assert Post.objects.get().text == "别人写的"


def test_a_published_post_is_corrected_by_its_form(client, lead, clock):
    post = make_post(lead)
    path = f"/desk/publicity/{post.pk}/correct/"
    sent = opened(client, path) | {"title": post.title, "text": "周日", "note": "改成周日"}
    clock.shift(60)
    client.post(path, sent)
    assert "改成周日" in Client().get(f"/news/{post.pk}/").text
    assert Post.objects.get().text == "周日"


def test_a_picture_comes_in_and_says_whom_it_shows(client, lead, make_resident, tmp_path):
    person = make_resident()
    agreed(person)
    post, file = make_draft(lead), tmp_path / "x.jpg"
    file.write_bytes(jpeg())
    with file.open("rb") as upload:
        sent = {"programme": SLUG, "alt": "写字", "file": upload}
        client.post(f"/desk/publicity/pictures/add/?post={post.pk}", sent)
    picture = Picture.objects.get()
    assert post.pictures.get().picture == picture
    path = f"/desk/publicity/pictures/{picture.pk}/"
    named = {"alt": "写字", "faces": "named", "people": [person.pk]}
    client.post(path, opened(client, path) | named)
    assert list(picture.people.all()) == [person]


def test_a_permission_is_entered_by_whoever_signed(client, make_resident):
    child = consented(make_resident(full_name="陈小明", birth_date=NINE))
    bond = child.guardians.get()
    page = client.post("/desk/publicity/consents/", {"words": "陈小明的家长"}).text
    assert "陈小明" not in page.replace("陈小明的家长", "")
    path = f"/desk/publicity/consents/of/{bond.guardian_id}/for/{bond.pk}/"
    client.post(path, {"given_on": "2026-11-20", "paper_reference": "蓝色文件夹"})
    consent = PictureConsent.objects.get()
    assert (consent.person, consent.guardian) == (child, bond.guardian)
    client.post(f"/desk/publicity/consents/{consent.pk}/withdraw/")
    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW


def test_a_record_says_where(client):
    told = {"programme": SLUG, "way": "wechat", "went_out_on": "2026-11-20", "what": "推送"}
    assert "地点或链接" in client.post("/desk/publicity/records/add/", told).text
    client.post("/desk/publicity/records/add/", told | {"link": "https://mp.example/1"})
    record = OutwardRecord.objects.get()
    path = f"/desk/publicity/records/{record.pk}/"
    changed = told | {"link": record.link, "over_on": "2026-11-22"}
    client.post(path, opened(client, path) | changed)
    record.refresh_from_db()
    assert record.over_on == date(2026, 11, 22)


def test_a_newsletter_is_drafted_from_what_took_place(lead, make_lecture, make_resident):
    opened_at = {"sign_up_opens_at": NOW - timedelta(days=30)}
    past = make_lecture(day=date(2026, 11, 14), title="健康*讲座", **opened_at)
    for _n in range(3):
        Attendance.objects.create(
            occasion=past.occasions.get(), resident=make_resident(), arrived_at=NOW
        )
    make_lecture(day=date(2026, 12, 5), title="下月讲座")
    make_lecture(day=date(2026, 11, 15), title="草稿", state="draft", **opened_at)
    make_post(lead, title="开班了")
    first = date(2026, 11, 1)
    text = newsletters.draft(first=first, programme=SLUG, by=lead, now=NOW).text
    assert r"- **健康\*讲座** · 11月14日（周六） · 3 人次" in text
    assert "共举办 1 次、3 人次参加。" in text
    assert "开班了" in text
    assert "下月讲座" in text
    assert "草稿" not in text


def test_a_newsletter_counts_daily_sessions_and_does_not_list_those_ahead(make_lecture):
    school, _made = Programme.objects.get_or_create(slug="after-school")
    opened_at = {"sign_up_opens_at": NOW - timedelta(days=30)}
    for day in [date(2026, 11, 14), date(2026, 12, 5)]:
        made = make_lecture(day=day, title="秋季学期", **opened_at)
        Activity.objects.filter(pk=made.pk).update(programme=school)
    text = queries.text_of(date(2026, 11, 1), "", NOW)
    assert "- **秋季学期** · 11月14日（周六）" in text
    assert text.count("秋季学期") == 1


def test_a_poster_is_made_of_an_activitys_data(client, make_lecture):
    lecture = make_lecture(title="秋天养生")
    assert "秋天养生" in client.get("/desk/publicity/posters/").text
    page = client.get(f"/desk/publicity/posters/{lecture.pk}/?paper=a3").text
    assert "poster-a3" in page
    assert "09:30" in page
