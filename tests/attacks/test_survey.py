"""One client fills a survey: every answer is taken in, the burst is marked, staff leave it out with
one tap, and nobody else on that network is shut out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Topic
from residents_school.actions import answers
from residents_school.models import Answer, Burst, Survey
from residents_school.queries.board import planning_board
from residents_school.queries.results import Results
from residents_school.queries.surveys import bursts_of, planned_surveys
from tests.conftest import NOW
from tests.support.refusals import code_of
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def few(settings) -> None:
    settings.ANSWERS_PER_HOUR = 5


@pytest.fixture
def topics(topic: Topic) -> list[Topic]:
    others = (Topic.objects.create(area=topic.area, title_zh=title) for title in ("书法", "摄影"))
    return [topic, *others]


@pytest.fixture
def survey(topics: list[Topic]) -> Survey:
    days = {"opens_on": NOW.date(), "closes_on": NOW.date() + timedelta(days=9)}
    survey = Survey.objects.create(title="您想学什么？", is_published=True, **days)
    for number, topic in enumerate(topics, start=1):
        survey.offers.create(topic=topic, number=number)
    return survey


@pytest.fixture
def page(survey: Survey) -> str:
    return reverse("residents_school:survey", args=[survey.pk])


@pytest.fixture
def staff(as_user: Callable[[User], Client], make_user: Callable[..., User]) -> Client:
    return as_user(make_user(Role.STAFF))


def answer(page: str, topic: Topic, network: str = "10.0.0.1", client: Client | None = None) -> int:
    browser = client or Client()
    return browser.post(page, {"topics": [topic.pk]}, REMOTE_ADDR=network).status_code


@pytest.fixture
def attacked(survey: Survey, page: str, topics: list[Topic]) -> Burst:
    """Two people, then eight answers of one client, a new browser each time."""
    assert [answer(page, topics[1], f"10.9.9.{number}") for number in (1, 2)] == [302, 302]
    assert {answer(page, topics[0]) for _one in range(8)} == {302}
    return bursts_of(survey).get()


def test_the_network_is_not_shut_out(attacked: Burst, page: str, topics: list[Topic]) -> None:
    assert answer(page, topics[2]) == 302
    assert bursts_of(attacked.survey).get().number == 9


def test_one_tap_leaves_the_burst_out_of_every_figure_and_another_puts_it_back(
    attacked: Burst, staff: Client, topics: list[Topic]
) -> None:
    survey = attacked.survey
    results = reverse("residents_school:survey_results", args=[survey.pk])
    assert figures(survey, topics[0]) == (10, 8, 8, 10)
    assert "8 份不署名的问卷" in staff.get(results).text
    staff.post(reverse("residents_school:burst", args=[attacked.pk]))
    assert figures(survey, topics[0]) == (2, 0, 0, 2)
    assert "8 份答卷没有计入" in staff.get(results).text
    staff.post(reverse("residents_school:burst", args=[attacked.pk]), {"count": ""})
    assert figures(survey, topics[0]) == (10, 8, 8, 10)


def figures(survey: Survey, topic: Topic) -> tuple[int, int, int, int]:
    """People of the results, of their ranking, of the planning board, and of the list."""
    results = Results(survey)
    board = {row.topic: row.answers for row in planning_board(NOW + timedelta(hours=1))}
    listed = planned_surveys().get(pk=survey.pk).answered
    return results.people, dict(results.topics)[topic.title], board[topic], listed


def test_whoever_answers_again_stays_in_the_burst(
    attacked: Burst, page: str, topics: list[Topic], staff: Client
) -> None:
    client = Client()
    answer(page, topics[0], client=client)
    staff.post(reverse("residents_school:burst", args=[attacked.pk]))
    carried = opened(client, f"{page}?change=1")
    answer_again = {"topics": [topics[1].pk]} | carried
    assert client.post(page, answer_again, REMOTE_ADDR="10.7.7.7").status_code == 302
    assert Results(attacked.survey).people == 2


def test_a_few_answers_are_never_left_out(
    survey: Survey, page: str, topics: list[Topic], staff_user: User
) -> None:
    """Or the results before and after would tell what one person said."""
    answer(page, topics[0])
    few = survey.bursts.get()
    assert code_of(lambda: answers.leave_out(burst=few, by=staff_user, now=NOW)) == "few"


def test_published_results_stay(attacked: Burst, staff_user: User) -> None:
    Survey.objects.filter(pk=attacked.survey_id).update(results_at=NOW)
    for act in (
        lambda: answers.leave_out(burst=attacked, by=staff_user, now=NOW),
        lambda: answers.put_back(burst=attacked),
    ):
        assert code_of(act) == "results_out"


def test_only_who_plans_decides(attacked: Burst, as_user, resident_user: User) -> None:
    address = reverse("residents_school:burst", args=[attacked.pk])
    assert as_user(resident_user).post(address).status_code == 403
    assert Client().post(address).status_code == 302
    assert Burst.objects.get(pk=attacked.pk).left_out_at is None


def test_the_network_is_kept_as_a_hash_that_no_other_hour_shares(
    attacked: Burst, page: str, topics: list[Topic], clock
) -> None:
    clock.shift(timedelta(hours=1))
    answer(page, topics[0])
    keys = attacked.survey.bursts.values_list("key", flat=True)
    assert len(set(keys)) == 4
    assert not any("10.0" in key for key in keys)


def test_somebody_signed_in_answers_once_from_however_many_browsers(
    survey: Survey, page: str, topics: list[Topic], as_user, resident_user: User
) -> None:
    for topic in topics:
        client = as_user(resident_user)
        carried = opened(client, f"{page}?change=1")
        client.post(page, {"topics": [topic.pk]} | carried)
    assert survey.answers.get(resident=resident_user.resident).wanted == [topics[-1].title]
    assert not survey.bursts.exists()


def test_the_database_alone_holds_one_answer_of_a_person(
    survey: Survey, resident_user: User
) -> None:
    person = resident_user.resident
    said = {"survey": survey, "resident": person, "source": "online", "answered_at": NOW}
    Answer.objects.create(**said)
    with pytest.raises(IntegrityError, match="resident_answers_once"), transaction.atomic():
        Answer.objects.create(**said)
