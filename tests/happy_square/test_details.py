"""What a group says of itself: page, filing, pictures, poster; and finding one in three taps."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.files.models import StoredFile
from diedie_edu.people.models import Resident
from happy_square.actions import pictures as acts
from happy_square.models import Group, GroupPicture
from happy_square.queries.group_desk import problems
from residents_school.demo.handouts import picture
from tests.support.groups import TODAY, lead, make_group, make_kind, make_place, meet_up, weekly
from tests.support.refusals import code_of, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user("resident")


@pytest.fixture
def group(leader: User) -> Group:
    group = make_group(title="榕树舞蹈队")
    weekly(group)
    lead(group, leader.resident)
    return group


@pytest.fixture
def url(group: Group) -> str:
    return f"/groups/{group.pk}/"


def sent(page: object, **changed: object) -> dict[str, object]:
    """The form of a page as it was opened, with changes."""
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {key: value for key, value in (values | changed).items() if value not in (None, False)}


def test_a_leader_changes_what_the_page_says_and_staff_the_rest(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, staff_user: User
) -> None:
    client = as_user(leader)
    page = client.get(f"{url}details/")
    assert "kind" not in page.context["form"].fields
    client.post(f"{url}details/", sent(page, summary="天天有舞跳", dues="每月5元"))
    assert "每月5元" in client.get(url).text
    staff = as_user(staff_user)
    page = staff.get(f"{url}details/")
    told = sent(page, takes_children="on")
    assert "有效的入职查询" in staff.post(f"{url}details/", told).text
    group.refresh_from_db()
    assert not group.takes_children, "its leader has not been checked"


def test_an_old_form_undoes_nothing(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, staff_user: User
) -> None:
    client, staff = as_user(leader), as_user(staff_user)
    old = client.get(f"{url}details/")
    staff.post(f"{url}details/", sent(staff.get(f"{url}details/"), summary="新的一句话"))
    answer = client.post(f"{url}details/", sent(old, dues="每月5元"))
    assert answer.status_code == 200
    group.refresh_from_db()
    assert (group.summary, group.dues) == ("新的一句话", "")


def test_the_filing_is_written_down_by_staff_and_says_what_is_missing(
    as_user: Callable[[User], Client],
    group: Group,
    url: str,
    leader: User,
    staff_user: User,
    now: datetime,
) -> None:
    own, staff = as_user(leader), as_user(staff_user)
    text = own.get(f"{url}filing/").text
    assert "还没有章程" in text
    assert "还没有备案" in text
    own.post(f"{url}filing/", {"filing": "filed"})
    group.refresh_from_db()
    assert group.filing == "none"
    days = {"charter_on": "2026-01-02", "filed_on": "2026-01-02", "filed_until": "2027-01-02"}
    told = {"filing": "filed", "filing_number": "叠二 1", **days}
    staff.post(f"{url}filing/", sent(staff.get(f"{url}filing/"), **told))
    assert "快到期" in own.get(f"{url}filing/").text
    assert [row.text for row in problems(staff_user, now)] == ["备案快到期或已过期：榕树舞蹈队"]
    assert list(problems(leader, now)) == []
    with refused_by("what_is_filed_has_a_number_and_a_date"):
        Group.objects.update(filing_number="")
    with refused_by("filing_holds_from_its_date_on"):
        Group.objects.update(filed_until=date(2025, 1, 1))


def test_the_desk_names_groups_without_anybody_and_suspensions_that_are_over(
    staff_user: User, now: datetime
) -> None:
    for number in range(4):
        make_group(title=f"无人队{number}")
    over = {"standing": "suspended", "standing_reason": "x", "standing_until": date(2026, 11, 1)}
    lead(make_group(title="停着", **over), Resident.objects.create(full_name="领队"))
    texts = [row.text for row in problems(staff_user, now)]
    assert texts[0] == "没有人负责的队伍：无人队0、无人队1、无人队2…"
    assert texts[1] == "停办整改已到期，请决定：停着"


# --- Pictures --------------------------------------------------------------------------


def test_a_picture_is_published_with_the_written_yes_of_those_shown(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, client: Client
) -> None:
    own = as_user(leader)
    file = SimpleUploadedFile("IMG_1.png", picture())
    own.post(f"{url}pictures/", {"file": file, "caption": "广场上", "shown": ""})
    kept = GroupPicture.objects.get()
    address = f"/files/{kept.file.key}"
    assert (own.get(address).status_code, client.get(address).status_code) == (200, 404)
    assert "广场上" not in client.get(url).text
    permit = f"{url}pictures/{kept.pk}/permit/"
    own.post(permit, {"shown": "adults", "agreed_note": ""})
    assert client.get(address).status_code == 404
    own.post(permit, {"shown": "adults", "agreed_note": "5月3日逐个问过"})
    assert client.get(address).status_code == 200
    assert "广场上" in client.get(url).text
    own.post(f"{url}pictures/{kept.pk}/remove/")
    assert not StoredFile.objects.exists()


def test_a_picture_of_a_meet_up_says_its_day_and_is_of_the_same_group(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User
) -> None:
    own, date = as_user(leader), meet_up(group, TODAY)
    note = own.get(f"{url}run/dates/{date.pk}/note/")
    [address] = re.findall(r'href="([^"]+pictures/[^"]+)"', note.text)
    told = {"caption": "新学的扇子舞", "shown": "nobody", "agreed_note": ""}
    own.post(address, told | {"file": SimpleUploadedFile("IMG_2.png", picture())})
    assert GroupPicture.objects.get().meet_up_id == date.pk
    assert re.search(r"新学的扇子舞\s+· 11月23日", own.get(url).text)
    other = meet_up(make_group(), TODAY, venue=make_place("南门广场"))
    assert own.get(f"{url}pictures/?date={other.pk}").status_code == 404
    with refused_by("picture_of_a_day_is_of_its_group"):
        GroupPicture.objects.update(meet_up=other.pk)


def test_strangers_change_no_picture_and_what_is_no_picture_is_sent_back(
    as_user: Callable[[User], Client], group: Group, url: str, leader: User, stranger: User
) -> None:
    kept = acts.add(
        group=group,
        data=picture(),
        caption="x",
        shown="",
        agreed_note="",
        by=leader,
        now=datetime(2026, 11, 23).astimezone(),
    )
    other = as_user(stranger)
    for door in ("permit", "remove"):
        assert other.post(f"{url}pictures/{kept.pk}/{door}/").status_code == 404
    pdf = SimpleUploadedFile("x.pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF")
    page = as_user(leader).post(f"{url}pictures/", {"file": pdf, "caption": "x", "shown": ""})
    assert "file" in page.context["form"].errors
    with refused_by("permission_of_those_shown_is_written_down"):
        GroupPicture.objects.update(shown="adults")
    with refused_by("picture_says_what_it_shows"):
        GroupPicture.objects.update(caption="")


def test_a_group_shows_some_pictures_and_not_a_heap(
    group: Group, leader: User, now: datetime
) -> None:
    def add() -> None:
        given = {"caption": "x", "shown": "nobody", "agreed_note": "", "by": leader, "now": now}
        acts.add(group=group, data=picture(), **given)

    for _number in range(12):
        add()
    assert code_of(add) == "too_many"


# --- Poster, and finding one -----------------------------------------------------------


def test_the_poster_says_when_and_where_with_a_code(client: Client, group: Group, url: str) -> None:
    text = client.get(f"{url}poster/").text
    for words in ("榕树舞蹈队", "周二", "19:30", "榕树广场", "<svg"):
        assert words in text


def test_three_taps_find_a_group(client: Client, group: Group) -> None:
    weekly(make_group(title="晨光太极队", kind=make_kind("太极")), 6, venue=make_place("河边"))
    address = "/groups/find/"
    for label in ("太极", "周末", "河边"):
        choices = client.get(address).context["choices"]
        chosen = next(row for row in choices if row["label"] == label)
        address = f"/groups/find/{chosen['url']}"
    assert [row.title for row in client.get(address).context["groups"]] == ["晨光太极队"]
    fits_all = client.get("/groups/find/?kind=any&when=any&where=any").context["groups"]
    assert len(fits_all) == 2
    nonsense = client.get("/groups/find/?kind=x&when=y&where=z").context["groups"]
    assert len(nonsense) == 2
    assert not client.get("/groups/find/?kind=any&when=morning&where=any").context["groups"]
