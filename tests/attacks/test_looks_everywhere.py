"""Every address, with a register of children: whoever is shown a name leaves a look at that child,
and whoever is not leaves none."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from diedie_edu.accounts.admin_out import WayOut
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_of
from diedie_edu.lists.kinds import ListKind
from diedie_edu.people.models import ChildAccess, Guardianship, Resident
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.support.access_rows import rows
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things
from tests.support.children import NINE
from tests.support.exports import REASON, exported
from tests.support.shown import SHEET, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SIGNS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
Readers = dict[str, tuple[User, Client]]
# Of those who work here one for each page: whoever sees most comes first.
WORKING = "sbolu"


@pytest.fixture
def readers(make_user: Callable[..., User], as_user: Callable[[User], Client]) -> Readers:
    users = {letter: make_user(role, scope=scope) for letter, (role, scope) in WHO.items()}
    return {letter: (user, as_user(user)) for letter, user in users.items()}


@pytest.fixture
def things(readers: Readers, make_lecture: Callable[..., Lecture], stranger: User) -> Things:
    load_plan()
    return make_things(make_lecture, stranger, [user for user, _client in readers.values()])


@pytest.fixture
def children(things: Things) -> dict[int, str]:
    """Everybody is one, with a name that nothing else has; past the guards, which would ask for
    consents."""
    names = {pk: f"尉迟{str(pk).translate(SIGNS)}娃" for pk in _people()}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for pk, name in names.items():
            Resident.objects.filter(pk=pk).update(full_name=name, birth_date=NINE)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return names


def _people() -> list[int]:
    return list(Resident.objects.values_list("pk", flat=True))


def own(user: User) -> set[int]:
    """The reader's family, which leaves no look, and may leave one at work."""
    wards = user.resident.wards.values_list("child", flat=True)
    return {user.resident.pk, *wards}


def children_on(name: str, children: dict[int, str]) -> dict[int, str]:
    """Those whose looks a page has to leave. Who is still here, and the sheet, read guardians as
    values, no more than name and number: whoever is entered as one is 14 or older, so no child is
    among them (`consents.add_grown_up`)."""
    if name not in ("after_school:still_here", "after_school:session_sheet"):
        return children
    guardians = set(Guardianship.objects.values_list("guardian", flat=True))
    return {pk: word for pk, word in children.items() if pk not in guardians}


def shown(answer: HttpResponse, children: dict[int, str], reader: User) -> set[int]:
    words = words_of(answer)
    return {pk for pk, name in children.items() if name in words} - own(reader)


def noted(reader: User, since: int) -> set[int]:
    looks = ChildAccess.objects.filter(pk__gt=since, viewer=reader, is_refused=False)
    return set(looks.values_list("child_number", flat=True)) - own(reader)


def last_look() -> int:
    return ChildAccess.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def asked(
    client: Client, method: str, path: str, reader: User, children: dict[int, str], *form: Any
) -> tuple[set[int], set[int]]:
    """Who is shown, and of whom a look is written; whatever else it did is undone."""
    cookies, since = client.cookies.copy(), last_look()
    with transaction.atomic():
        answer = getattr(client, method)(path, *form)
        found = shown(answer, children, reader), noted(reader, since)
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


def addresses(readers: Readers, way: int) -> Iterator[tuple[str, str, User, Client]]:
    """What somebody of those who work here is shown by GET (0) or POST (1)."""
    for name, which, answers in rows():
        opens = [letter for letter in WORKING if answers.get(letter, ("", ""))[way] == "200"]
        for letter in opens[:1]:
            yield name, which, *readers[letter]


def walked(
    readers: Readers, things: Things, children: dict[int, str], way: int
) -> tuple[list[str], set[str]]:
    """What is wrong, and the addresses that show anybody."""
    wrong, showing = [], set()
    for name, which, user, client in addresses(readers, way):
        path = things.path(name, which, user)
        form = things.form(name, which) | {"words": "尉迟"} if way else None
        them = children_on(name, children)
        there, looks = asked(client, ("get", "post")[way], path, user, them, form)
        if there:
            showing.add(name)
        if there != looks:
            wrong.append(f"{name} {which}: shows {sorted(there)}, notes {sorted(looks)}")
    return wrong, showing


def test_by_get(readers: Readers, things: Things, children: dict[int, str]) -> None:
    wrong, showing = walked(readers, things, children, 0)
    wrong += by_others(readers, things, children, showing)
    assert not wrong, "\n".join(["", *wrong])
    assert len(showing) > 60


def by_others(
    readers: Readers, things: Things, children: dict[int, str], showing: set[str]
) -> Iterator[str]:
    """What shows children to one reader, for everybody else: a look of whoever may open it too, and
    nobody for all others."""
    for name, which, answers in rows():
        opens = [letter for letter in WORKING if answers.get(letter, ("",))[0] == "200"]
        for letter in readers if name in showing and opens else ():
            user, client = readers[letter]
            path = things.path(name, which, user)
            there, looks = asked(client, "get", path, user, children_on(name, children))
            may = answers.get(letter, ("",))[0] == "200"
            if letter != opens[0] and there != (looks if may else set()):
                yield f"{name} {which} by {letter}: shows {sorted(there)}, notes {sorted(looks)}"
        if name in showing and opens and "v" not in answers:
            words = words_of(Client().get(things.path(name, which, None)))
            if any(child in words for child in children.values()):
                yield f"{name} {which} shows a visitor"


def test_by_post(readers: Readers, things: Things, children: dict[int, str]) -> None:
    """Forms that come back, and what is found by words."""
    wrong, showing = walked(readers, things, children, 1)
    assert not wrong, "\n".join(["", *wrong])
    assert len(showing) > 20


def test_without_it_they_would_leave_none(
    readers: Readers, things: Things, children: dict[int, str], settings: Settings
) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LooksMiddleware" not in name]
    user, client = readers["s"]
    path = reverse("admin:people_resident_changelist")
    there, looks = asked(client, "get", path, user, children)
    assert len(there) > 9
    assert looks == set()


# --- Files -----------------------------------------------------------------------------


def in_file(
    address: str, reader: User, client: Client, children: dict[int, str], **form: object
) -> tuple[set[int], set[int]]:
    """The same for a list, whether it is handed out at once or written by a worker."""
    since = last_look()
    answer = client.post(address, REASON | form)
    if answer.status_code == HTTPStatus.FOUND:
        content = exported(client, address, **form)
        answer = HttpResponse(content, content_type=SHEET)
    assert answer.headers["Content-Type"] == SHEET, answer.text
    return shown(answer, children, reader), noted(reader, since)


def lists() -> Iterator[tuple[str, dict[str, object]]]:
    """Those that name people; who speaks is announced to everybody."""
    for kind in parts_of(ListKind):
        if kind.names_people:
            yield reverse("lists:export", args=[kind.slug, "xlsx"]), {}
    for model, pages in admin.site._registry.items():
        if isinstance(pages, WayOut) and model is not Lecture:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
            yield reverse(name), {"format": 0, "resource": 0}


@pytest.mark.parametrize("is_long", [False, True])
def test_lists_on_their_way_out(
    make_user: Callable[..., User],
    as_user: Callable[[User], Client],
    children: dict[int, str],
    monkeypatch: pytest.MonkeyPatch,
    is_long: bool,
) -> None:
    monkeypatch.setattr("diedie_edu.lists.actions.exports.AT_ONCE", -1 if is_long else 2000)
    root = make_user(Role.STAFF, Role.BRANCH_LEAD, is_superuser=True)
    client, wrong, showing = as_user(root), [], 0
    for address, form in lists():
        there, looks = in_file(address, root, client, children, **form)
        showing += bool(there)
        if there != looks:
            wrong.append(f"{address}: shows {sorted(there)}, notes {sorted(looks)}")
    assert not wrong, "\n".join(["", *wrong])
    assert showing > 3
