"""Every address, with the rows that its answer reads, beside tables of many rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.reading import RowsRead
from tests.support.access_rows import rows
from tests.support.access_things import Things
from tests.support.exports import REASON
from tests.support.sent_forms import forms_on
from tests.support.two_browsers import text_of, undone

Readers = dict[str, tuple[User | None, Client]]
COPIES = 300
MOST = 200  # rows: two pages of a list, and what stands around them
# What these show has an end of its own, though the test's copies all fall into it.
ENDS_BY_ITSELF = {
    "the days that it shows": (
        "portal:calendar_month portal:month_of portal:calendar_week portal:week_of portal:poster "
        "portal:poster_of portal:programme_feed portal:desk activities:change_day"
    ),
    "one year": (
        "figures:dashboard figures:export figures:sessions_export office:desk office:board "
        "office:board_of publicity:went_out"
    ),
    "the children of one afternoon": (
        "after_school:session after_school:session_close after_school:session_sheet"
    ),
    "one person and their family": (
        "portal:person portal:person_merge_with portal:person_split activities:call_person "
        "admin:people_household_change"
    ),
    "one activity, class, enterprise, contact or picture": (
        "activities:word_to_all edu_base:places edu_base:nominating edu_base:enterprise "
        "office:contact publicity:picture"
    ),
    "one group and what was found there": (
        "happy_square:group_findings happy_square:group_guidance happy_square:complaint"
    ),
    "one line for each topic or building": (
        "residents_school:needs residents_school:board residents_school:board_list "
        "edu_base:mobilising"
    ),
    "those who hold power": (
        "portal:appointing portal:erasure office:version office:contact_new office:contact_change "
        "office:follow_up_new office:follow_up_change office:expense_add decisions:deputies "
        "edu_base:reviewers"
    ),
    "robots of group chats, which are few": "notices:robots",
    "dates lately and ahead": "office:promise_add",
    "what hangs on the row that goes": ("admin:edu_base_intake_delete admin:people_topic_delete"),
}
# Their keys and words have a form that a copy cannot keep.
NOT_COPIED = {
    *("activities_calendarfeed", "decisions_deputy", "edu_base_dwelling", "edu_base_enterprise"),
    *("files_storedfile", "office_expense"),
}


EXCUSED = {name for names in ENDS_BY_ITSELF.values() for name in names.split()}
# By POST alone.
POSTED_ENDS_BY_ITSELF = {
    "one activity, with its messages": "residents_school:lecture_hold",
    "the dates of one request": (
        "venues:date_skip venues:date_put_back venues:give_back venues:request_change "
        "venues:request_shift"
    ),
    "those who hold power": (
        "office:version_submit admin:accounts_user_change edu_base:object "
        "edu_base:objection_enter residents_school:invitation"
    ),
    "one year or month": "office:summary_refresh publicity:newsletter",
    "one person and their family": "portal:person_show_phone portal:person_family",
    "the children of one afternoon, of one name and day of birth": (
        "after_school:session_call_off after_school:session_opened decisions:decide"
    ),
    "volunteers to choose from, of one kind": "residents_school:lecture_hours",
    "names of organisations, which are few": "edu_base:enterprise_new edu_base:enterprise_change",
    "what hangs on the rows that go": (
        "admin:venues_venue_changelist admin:people_topic_changelist "
        "admin:edu_base_intake_changelist"
    ),
}
POSTED = {name for names in POSTED_ENDS_BY_ITSELF.values() for name in names.split()}


def rows_read(send: Callable[[], Any]) -> int:
    """How many rows the database gives meanwhile."""
    counted = RowsRead(float("inf"))
    with connection.execute_wrapper(counted):
        send()
    return counted.number


def pages(
    things: Things, readers: dict[str, tuple[User | None, Client]]
) -> Iterator[tuple[str, str, Client]]:
    """Every address that somebody opens, with the first who does: its name, path and browser."""
    for name, which, answers in rows():
        opens = [letter for letter in readers if answers.get(letter, ("",))[0] == "200"]
        if opens and not which:
            user, client = readers[opens[0]]
            yield name, things.path(name, "", user), client


Sent = Iterator[tuple[str, Callable[[], Any]]]  # the name of an address, and what sends to it


def posts(things: Things, readers: Readers) -> Sent:
    """What is sent to every address that takes it, as `test_access` does."""
    for name, which, answers in rows():
        sends = [letter for letter in readers if answers.get(letter, ("", ""))[1] in {"200", "302"}]
        if sends and not which:
            user, client = readers[sends[0]]
            form = things.form(name, "") | REASON
            yield name, posting(client, things.path(name, "", user), form)


def chosen(readers: Readers) -> Sent:
    """Everything that the admin site does to chosen rows, done to all of them."""
    client = readers["s"][1]
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        first = model._default_manager.order_by("pk").values_list("pk", flat=True)[:1]
        for action in {*(page.actions or ()), "delete_selected"}:
            data = {"action": action, "select_across": "on", "_selected_action": [*first]}
            yield name, posting(client, reverse(name), data)


def forms_of(opened: Iterable[tuple[str, str, Client]]) -> Sent:
    """Each form of the portal's pages once, filled where it needs a word."""
    sent = set()
    for page, path, client in opened:
        for form in forms_on("" if page.startswith("admin:") else text_of(client.get(path)), path):
            name = _name_of(form.action.partition("?")[0])
            key = (name, *form.controls, *form.buttons)
            if name and key not in sent:
                sent.add(key)
                yield name, posting(client, form.action, form.filled().data())


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def posting(client: Client, path: str, data: dict[str, Any]) -> Callable[[], Any]:
    """Sends it, and takes back what it did."""

    def send() -> None:
        cookies = client.cookies.copy()
        with undone():
            client.post(path, data)
        client.cookies = cookies

    return send
