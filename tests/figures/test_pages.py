"""Pages and file: whose figures a reader sees, in which words, and that they are the same."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.figures.kinds import ALL
from diedie_edu.figures.queries.figures import figures_of
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.figures.conftest import Held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = reverse("figures:dashboard")
SCHOOL, SQUARE = "residents-school", "happy-square"
DAY = date(2026, 3, 7)
YEAR = span_on(SpanKind.YEAR, NOW.date())
Make = Callable[..., Resident]


@pytest.fixture
def branch(make_user: Callable[..., User], as_user: Callable[[User], Client]) -> Client:
    return as_user(make_user(Role.BRANCH_LEAD))


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=SCHOOL)


@pytest.fixture
def school(lead: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(lead)


@pytest.fixture
def held(hold: Held, make_resident: Make) -> None:
    """Five who came to the residents' school, two of them to Happy Square too."""
    people = [make_resident() for _n in range(5)]
    hold(SCHOOL, DAY, *people, title="急救讲座")
    hold(SQUARE, DAY, *people[:2], title="广场舞")


@pytest.mark.usefixtures("held")
def test_the_branch_sees_all_programmes_and_their_sum(branch: Client) -> None:
    context = branch.get(PAGE).context
    assert [part["programme"].slug for part in context["parts"]][:2] == [SCHOOL, "after-school"]
    numbers = {row.indicator.slug: row.number for row in context["together"]}
    assert (numbers["sessions"], numbers["visits"], numbers["people"]) == ("2", "7", "5")


@pytest.mark.usefixtures("held")
def test_a_lead_sees_their_own_and_no_sum_that_tells_of_others(school: Client) -> None:
    answer = school.get(PAGE)
    assert [part["programme"].slug for part in answer.context["parts"]] == [SCHOOL]
    assert answer.context["together"] == []
    assert "快乐广场" not in answer.text.split("<main")[1].split("</main>")[0]
    sessions = reverse("figures:sessions", args=[SCHOOL, YEAR.key])
    assert "急救讲座" in school.get(sessions).text
    for closed in (
        reverse("figures:programme", args=[SQUARE]),
        reverse("figures:sessions", args=[SQUARE, YEAR.key]),
        reverse("figures:all_sessions", args=[YEAR.key]),
    ):
        assert school.get(closed).status_code == 404, closed


@pytest.mark.usefixtures("held")
def test_a_lead_of_two_sees_two(lead: User, school: Client) -> None:
    RoleGrant.objects.create(user=lead, role=Role.PROGRAMME_LEAD, scope=SQUARE)
    context = school.get(PAGE).context
    assert [part["programme"].slug for part in context["parts"]] == [SCHOOL, SQUARE]


@pytest.mark.usefixtures("held")
def test_page_file_and_registry_say_the_same(branch: Client) -> None:
    address = reverse("figures:export", args=[YEAR.key, "xlsx"])
    rows = list(load_workbook(BytesIO(branch.get(address).content)).active.values)[1:]
    written = {(whose, title): number for whose, title, number, *_rest in rows}
    for programme in (ALL, SCHOOL, SQUARE):
        for row in figures_of(programme, YEAR, NOW):
            assert written[row.whose, str(row.indicator.title)] == row.value.number
    line = next(
        cells
        for first, cells in branch.get(PAGE).context["lines"]
        if first.indicator.slug == "visits"
    )
    assert [row.number for row in line] == ["5", "–", "2", "–", "7"]
    assert written["居民学校", "参加人次"] == 5, "a number, not a text"


@pytest.mark.usefixtures("held")
def test_a_file_of_a_lead_has_their_programme_alone(school: Client) -> None:
    text = school.get(reverse("figures:export", args=[YEAR.key, "csv"])).content.decode("utf-8-sig")
    assert "居民学校" in text
    assert "快乐广场" not in text
    assert "四个项目合计," not in text


@pytest.mark.usefixtures("held")
def test_each_figure_has_its_definition_and_leads_to_its_list(branch: Client) -> None:
    page = branch.get(reverse("figures:programme", args=[SCHOOL]))
    for row, url in page.context["linked"]:
        assert str(row.indicator.definition), row.indicator.slug
        assert url.startswith("/"), row.indicator.slug
        assert branch.get(url).status_code == 200, url
        if row.value:
            assert str(row.indicator.definition) in page.text


@pytest.mark.usefixtures("held")
def test_the_list_adds_up_to_the_figures(branch: Client) -> None:
    page = branch.get(reverse("figures:all_sessions", args=[YEAR.key])).context["page"]
    numbers = {row.indicator.slug: row.value.number for row in figures_of(ALL, YEAR, NOW)}
    assert page.paginator.count == numbers["sessions"]
    assert sum(row.came for row in page) == numbers["visits"]


@pytest.mark.usefixtures("held")
def test_a_first_year_says_so_once_and_never_minus_100(branch: Client) -> None:
    page = branch.get(PAGE).text
    assert "首次统计，暂无可比数据" in page
    assert "-100" not in page
    assert "少" not in page.split("<main")[1].split("figures-short")[1].split("</section>")[0]


def test_nothing_yet_is_said_in_words(branch: Client) -> None:
    page = branch.get(PAGE).text
    assert "这段时间还没有数据" in page
    assert "首次统计" in page
    ahead = branch.get(PAGE, {"span": "year-2030"}).text
    assert "这段时间还没有到" in ahead


@pytest.mark.parametrize("span", ["year-2026", "school-2026", "term-2026-09", "month-2026-11"])
def test_the_span_is_chosen_by_its_address(span: str, branch: Client) -> None:
    assert branch.get(PAGE, {"span": span}).context["span"].key == span
    assert branch.get(PAGE, {"span": span, "view": "wall"}).status_code == 200


def test_another_span_is_not_found(branch: Client) -> None:
    assert branch.get(PAGE, {"span": "year-1"}).status_code == 404


@pytest.mark.usefixtures("held")
def test_a_wall_has_few_words(branch: Client) -> None:
    page = branch.get(PAGE, {"view": "wall"})
    assert page.text.count('class="screen"') == 1 + len(page.context["parts"])
    assert str(page.context["together"][0].indicator.definition) not in page.text


@pytest.mark.usefixtures("held")
def test_the_office_shows_the_few_main_ones(branch: Client) -> None:
    page = branch.get(reverse("office:desk")).text
    assert "2026 年总览" in page
    assert PAGE in page


@pytest.mark.parametrize(
    "address", [PAGE, f"{PAGE}{SCHOOL}/", f"{PAGE}sessions/year-2026/", f"{PAGE}year-2026.xlsx"]
)
def test_pages_read_as_often_for_three_rows_as_for_one(
    address: str, branch: Client, hold: Held, make_resident: Make
) -> None:
    counts = []
    for number in (1, 3):
        for programme in (SCHOOL, SQUARE, "edu-base"):
            hold(programme, DAY, *(make_resident() for _n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            assert branch.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
