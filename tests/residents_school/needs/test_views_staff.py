"""The doors of staff: surveys, sheets of paper, the planning board, the desk."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Topic
from residents_school.models import Answer, Survey, Wish
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.exports import REASON
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def url(name: str, *args: int) -> str:
    return reverse(f"residents_school:{name}", args=args)


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def form_of(topics: list[Topic], **fields: object) -> dict[str, object]:
    return {
        "title": "您想学什么？",
        "opens_on": "2026-11-23",
        "closes_on": "2026-12-02",
        "topics": [topic.pk for topic in topics],
        "forms": ["lecture"],
        "times": ["sat_am"],
    } | fields


# --- Surveys ---------------------------------------------------------------------------


def test_staff_plan_a_survey_and_open_it(staff: Client, topics: list[Topic]) -> None:
    staff.post(url("survey_create"), form_of(topics))
    survey = Survey.objects.get()
    assert not survey.is_published
    page = url("survey_change", survey.pk)
    staff.post(page, form_of(topics[:2], open="1") | opened(staff, page))
    survey.refresh_from_db()
    assert survey.is_published
    assert survey.topics.count() == 2


def test_a_refusal_stands_beside_its_field(staff: Client, topics: list[Topic]) -> None:
    page = staff.post(url("survey_create"), form_of(topics, closes_on="2026-11-22"))
    assert page.context["form"].errors.keys() == {"closes_on"}


def test_a_new_survey_offers_all_topics_at_first(staff: Client, topics: list[Topic]) -> None:
    form = staff.get(url("survey_create")).context["form"]
    assert set(form.initial["topics"]) == {topic.pk for topic in topics}


def test_results_of_a_running_survey_are_not_published(staff: Client, survey: Survey) -> None:
    staff.post(url("results_publish", survey.pk))
    survey.refresh_from_db()
    assert not survey.has_results


# --- Sheets of paper -------------------------------------------------------------------


def test_save_and_next_gives_an_empty_form_and_counts_on(staff: Client, survey: Survey) -> None:
    page = url("paper_entry", survey.pk)
    numbers = []
    for _sheet in range(2):
        number = staff.get(page).context["form"].initial["number"]
        numbers.append(number)
        answer = staff.post(page, {"topics": "1 3", "forms": "1", "number": number}, follow=True)
    assert Answer.objects.filter(source="paper").count() == 2
    assert numbers[0] != numbers[1]
    assert "第 3 份" in answer.content.decode()
    assert "书法、舞蹈" in answer.content.decode()


def test_a_form_sent_twice_enters_one_sheet(staff: Client, survey: Survey) -> None:
    for _tap in range(2):
        staff.post(url("paper_entry", survey.pk), {"topics": "1", "number": "same"})
    assert Answer.objects.count() == 1


def test_a_wrong_number_keeps_what_was_typed(staff: Client, survey: Survey) -> None:
    page = staff.post(url("paper_entry", survey.pk), {"topics": "1 99", "number": "a"})
    assert "没有编号 99" in page.content.decode()
    assert 'value="1 99"' in page.content.decode()


def test_an_empty_sheet_is_refused_beside_the_topics(staff: Client, survey: Survey) -> None:
    page = staff.post(url("paper_entry", survey.pk), {"topics": "", "number": "a"})
    assert page.context["form"].errors.keys() == {"topics"}


def test_a_wrong_sheet_is_taken_out_but_no_answer_from_online(
    staff: Client, survey: Survey, topics: list[Topic], say: Callable
) -> None:
    [paper], [online] = say(1, topics[0], source="paper"), say(1, topics[0])
    for answer in (paper, online):
        staff.post(url("paper_back", survey.pk, answer.pk))
    assert list(Answer.objects.all()) == [online]


def test_the_quick_action_leads_to_the_survey_at_hand(staff: Client, survey: Survey) -> None:
    assert staff.get(url("paper")).headers["Location"] == url("paper_entry", survey.pk)
    Survey.objects.update(results_at=NOW)
    assert staff.get(url("paper")).headers["Location"] == url("survey_list")
    assert staff.get(url("paper_entry", survey.pk)).headers["Location"] == url("survey_list")


def test_the_sheet_has_the_numbers_that_are_typed(staff: Client, survey: Survey) -> None:
    page = staff.get(url("survey_sheet", survey.pk)).content.decode()
    assert page.index("书法") < page.index("摄影") < page.index("舞蹈")
    assert url("survey", survey.pk) in page


# --- The board -------------------------------------------------------------------------


def test_the_board_leads_to_a_lecture_on_the_topic(
    staff: Client, topics: list[Topic], say: Callable
) -> None:
    say(3, topics[1])
    page = staff.get(url("board"))
    assert page.context["rows"][0].topic == topics[1]
    link = f"{url('lecture_create')}?topic={topics[1].pk}"
    assert link in page.content.decode()
    chosen = f'<option value="{topics[1].pk}" selected>'
    assert chosen in staff.get(link).content.decode()
    assert staff.get(f"{url('lecture_create')}?topic=x").status_code == 200


def test_the_board_can_be_narrowed_to_an_area(
    staff: Client, topics: list[Topic], make_topic: Callable[..., Topic]
) -> None:
    other = make_topic(area="health")
    rows = staff.get(url("board"), {"area": "health"}).context["rows"]
    assert [row.topic for row in rows] == [other]


def test_the_board_comes_as_a_spreadsheet(
    staff: Client, topics: list[Topic], say: Callable
) -> None:
    say(3, topics[1])
    book = load_workbook(BytesIO(staff.post(url("board_list"), REASON).content))
    rows = list(book.active.values)
    assert rows[0][:3] == ("专题", "大类", "想学人数")
    assert rows[1][0] == "摄影"
    assert rows[1][2] == 3


@pytest.mark.parametrize("name", ["board", "survey_list", "survey_create", "needs"])
def test_pages_cost_the_same_with_one_row_and_with_three(
    staff: Client,
    survey: Survey,
    make_topic: Callable[..., Topic],
    say: Callable,
    wish: Callable[..., Wish],
    name: str,
) -> None:
    numbers = []
    for _row in range(3):
        topic = make_topic()
        say(1, topic, forms=["lecture"], other_topic="粤剧")
        wish(topic)
        more = {"opens_on": survey.opens_on, "closes_on": survey.closes_on}
        Survey.objects.create(title="又一份", is_published=True, results_at=NOW, **more)
        numbers.append(queries_of(staff, url(name)))
    assert len(set(numbers)) == 1


@pytest.mark.parametrize("name", ["survey", "paper_entry", "survey_sheet", "survey_change"])
def test_pages_of_a_survey_cost_the_same_with_one_topic_and_with_three(
    staff: Client,
    survey: Survey,
    topics: list[Topic],
    staff_user: User,
    say: Callable,
    name: str,
) -> None:
    numbers = []
    for row in range(1, 4):
        survey.offers.all().delete()
        for number, topic in enumerate(topics[:row], 1):
            survey.offers.create(topic=topic, number=number)
        say(1, *topics[:row], source="paper", entered_by=staff_user)
        numbers.append(queries_of(staff, url(name, survey.pk)))
    assert len(set(numbers)) == 1


# --- Panels ----------------------------------------------------------------------------


def test_the_home_page_asks_until_one_has_answered(
    survey: Survey, say: Callable, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    asked = url("survey", survey.pk)
    browser = as_user(resident_user)
    assert asked in Client().get("/").content.decode()
    assert asked in browser.get("/").content.decode()
    say(1, resident=resident_user.resident, key="")
    assert asked not in browser.get("/").content.decode()


def test_my_page_shows_my_wishes_and_nobody_elses(
    resident_user: User, topics: list[Topic], wish: Callable[..., Wish], as_user: Callable
) -> None:
    wish(topics[0], resident_user.resident)
    wish(topics[1])
    page = as_user(resident_user).get("/me/").content.decode()
    assert "书法" in page
    assert "摄影" not in page


def test_the_desk_shows_a_running_survey_and_one_that_needs_somebody(
    staff: Client, survey: Survey, say: Callable
) -> None:
    say(3)
    figures = {figure.note: figure.number for figure in staff.get("/desk/").context["stats"]}
    assert figures[survey.title] == 3
    Survey.objects.update(opens_on="2026-11-01", closes_on="2026-11-22")
    texts = [str(problem.text) for problem in staff.get("/desk/").context["problems"]]
    assert any(survey.title in text for text in texts)
