"""The doors of residents: wishing, answering, looking at results."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Household, Resident, Topic
from residents_school.models import Answer, Lecture, Survey, Wish
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SIGN_IN = "/sign-in/?next="


def url(name: str, *args: int) -> str:
    return reverse(f"residents_school:{name}", args=args)


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def browser(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


# --- Wishes ----------------------------------------------------------------------------


def test_one_tap_notes_a_wish_and_leads_back_to_the_topic(browser: Client, topic: Topic) -> None:
    for _tap in range(2):
        answer = browser.post(url("wish", topic.pk))
        assert answer.headers["Location"] == f"{url('needs')}#topic-{topic.pk}"
    assert Wish.objects.count() == 1
    assert "已记下" in browser.get(url("needs")).content.decode()


def test_a_tap_from_elsewhere_leads_back_there_and_not_off_the_portal(
    browser: Client, topic: Topic
) -> None:
    assert browser.post(url("wish", topic.pk), {"next": "/me/"}).headers["Location"] == "/me/"
    away = browser.post(url("wish_back", topic.pk), {"next": "https://evil.example/"})
    assert away.headers["Location"].startswith(url("needs"))
    assert not Wish.objects.exists()


def test_a_visitor_is_led_to_sign_in(visitor: Client, topic: Topic) -> None:
    assert f"{SIGN_IN}/needs/%23topic-{topic.pk}" in visitor.get(url("needs")).content.decode()
    assert visitor.post(url("wish", topic.pk)).headers["Location"].startswith(SIGN_IN)


def test_one_takes_back_wishes_of_the_family_and_of_nobody_else(
    browser: Client,
    topic: Topic,
    resident_user: User,
    stranger: User,
    wish: Callable[..., Wish],
) -> None:
    home = Household.objects.create(label="1-1")
    Resident.objects.filter(account=resident_user).update(household=home)
    mother = Resident.objects.create(full_name="妈妈", household=home)
    for person in (mother, stranger.resident):
        wish(topic, person)
    assert "妈妈" in browser.get("/me/").content.decode()
    browser.post(url("wish_back", topic.pk), {"resident": mother.pk})
    other = browser.post(url("wish_back", topic.pk), {"resident": stranger.resident.pk})
    browser.post(url("wish_back", topic.pk))
    assert other.status_code == 404
    assert Wish.objects.get().resident == stranger.resident


def test_a_lecture_page_offers_the_wish(
    browser: Client, make_lecture: Callable[..., Lecture], topic: Topic
) -> None:
    lecture = make_lecture()
    page = url("lecture_detail", lecture.pk)
    assert url("wish", topic.pk) in browser.get(page).content.decode()
    browser.post(url("wish", topic.pk), {"next": page})
    assert url("wish_back", topic.pk) in browser.get(page).content.decode()


# --- Answering -------------------------------------------------------------------------


def test_a_visitor_answers_without_a_name_and_sees_what_was_said(
    visitor: Client, survey: Survey, topics: list[Topic]
) -> None:
    visitor.get(url("survey", survey.pk))
    form = {"topics": [topics[0].pk], "forms": ["lecture"], "age_band": "60_69"}
    page = visitor.post(url("survey", survey.pk), form, follow=True).content.decode()
    assert Answer.objects.get().resident is None
    assert "书法" in page
    assert "修改我的答案" in page


def test_the_same_browser_answers_once_also_without_its_cookie(
    visitor: Client, survey: Survey, topics: list[Topic]
) -> None:
    page = url("survey", survey.pk)
    form = {"topics": [topics[0].pk], "browser": visitor.get(page).context["browser"]}
    visitor.post(page, form)
    Client().post(page, form)
    visitor.post(page, {"topics": [topics[1].pk]} | opened(visitor, f"{page}?change=1"))
    assert Answer.objects.get().wanted == ["摄影"]


def test_a_number_that_was_not_given_out_is_not_believed(
    visitor: Client, survey: Survey, topics: list[Topic]
) -> None:
    form = {"topics": [topics[0].pk], "browser": "made-up:signature"}
    visitor.cookies["needs"] = "made-up:signature"
    visitor.post(url("survey", survey.pk), form)
    assert visitor.cookies["needs"].value.partition(":")[0] != "made-up"


def test_a_resident_changes_an_answer_and_asks_to_be_told(
    browser: Client, survey: Survey, topics: list[Topic], resident_user: User
) -> None:
    page = url("survey", survey.pk)
    browser.post(page, {"topics": [topics[0].pk]})
    form = browser.get(f"{page}?change=1").context["form"]
    assert form.initial["topics"] == [topics[0].pk]
    sent = {"topics": [topics[1].pk], "wants_news": "on"} | opened(browser, f"{page}?change=1")
    browser.post(f"{page}?change=1", sent)
    assert Answer.objects.get(resident=resident_user.resident).wanted == ["摄影"]
    assert Wish.objects.get().topic == topics[1]


def test_one_answers_for_the_household_and_for_nobody_else(
    browser: Client, survey: Survey, topics: list[Topic], resident_user: User, stranger: User
) -> None:
    home = Household.objects.create(label="1-1")
    Resident.objects.filter(account=resident_user).update(household=home)
    mother = Resident.objects.create(full_name="妈妈", household=home)
    child = Resident.objects.create(full_name="孩子", household=home, birth_date="2018-01-01")
    consented(child, resident_user.resident)
    page = url("survey", survey.pk)
    browser.post(f"{page}?resident={mother.pk}", {"topics": [topics[0].pk]})
    assert Answer.objects.get().resident == mother
    for other in (child, stranger.resident):
        assert browser.get(f"{page}?resident={other.pk}").status_code == 404


def test_a_draft_is_not_there_and_an_over_survey_says_so(
    visitor: Client, draft: Survey, topics: list[Topic]
) -> None:
    assert visitor.get(url("survey", draft.pk)).status_code == 404
    Survey.objects.update(is_published=True, opens_on="2026-11-01", closes_on="2026-11-22")
    answer = visitor.post(url("survey", draft.pk), {"topics": [topics[0].pk]})
    assert "问卷已经截止" in answer.content.decode()
    assert not Answer.objects.exists()


# --- Results ---------------------------------------------------------------------------


def test_results_are_for_staff_until_they_are_published(
    visitor: Client,
    over: Survey,
    topics: list[Topic],
    say: Callable,
    staff_user: User,
    make_user: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    say(6, topics[0])
    page = url("survey_results", over.pk)
    other_lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    staff = as_user(staff_user)
    for outsider in (visitor, other_lead):
        assert "书法" not in outsider.get(page).content.decode()
    assert "书法" in staff.get(page).content.decode()
    staff.post(url("results_publish", over.pk))
    assert "书法" in visitor.get(page).content.decode()


def test_results_of_few_people_are_not_shown(visitor: Client, over: Survey, say: Callable) -> None:
    say(4, *over.topics.all())
    Survey.objects.update(results_at=NOW)
    page = visitor.get(url("survey_results", over.pk)).content.decode()
    assert "填写的人太少" in page
    assert "书法" not in page


@pytest.mark.parametrize("by", ["", "age", "form", "nonsense"])
def test_results_come_as_charts_with_a_table(
    visitor: Client, over: Survey, topics: list[Topic], say: Callable, by: str
) -> None:
    say(6, topics[0], age_band="60_69", forms=["lecture"])
    Survey.objects.update(results_at=NOW)
    page = visitor.get(url("survey_results", over.pk), {"by": by}).content.decode()
    assert 'role="img"' in page
    assert "<table" in page


def test_what_people_typed_is_not_shown_to_everybody(
    visitor: Client, over: Survey, topics: list[Topic], say: Callable
) -> None:
    say(6, topics[0], other_topic="我家住一栋三零一")
    Survey.objects.update(results_at=NOW)
    assert "三零一" not in visitor.get(url("survey_results", over.pk)).content.decode()
