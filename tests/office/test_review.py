"""Reviewing in the admin site: what is shown, what is decided, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.office.actions import versions
from diedie_edu.office.models import Author, Remark, State, Version
from tests.support import office as short
from tests.support.office import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def waiting(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    short.add_line(version, title="场地布置", category="venue", quantity=1)
    short.submit(version, lead)
    version.refresh_from_db()
    return version


def page_of(version: Version) -> str:
    return reverse("admin:office_version_change", args=[version.pk])


def seen_on(answer: Any) -> str:
    return str(answer.context["seen"])


@pytest.fixture
def desk(client: Client, branch_lead: User) -> Client:
    client.force_login(branch_lead)
    return client


def decide(desk: Client, version: Version, **facts: str) -> Any:
    seen = seen_on(desk.get(page_of(version)))
    return desk.post(page_of(version), {"seen": seen, **facts})


def test_what_is_approved_is_what_was_on_the_screen(desk: Client, waiting: Version) -> None:
    answer = decide(desk, waiting, what="approved")
    assert answer.status_code == 302
    assert Version.objects.get().state == State.APPROVED


def test_a_line_is_returned_and_the_others_count_as_seen(
    desk: Client, waiting: Version, lead: User
) -> None:
    asked, _other = waiting.budgetline_rows.order_by("position")
    decide(desk, waiting, what="returned", **{f"beside-{asked.key}": "请写明课时。"})
    assert list(Remark.objects.values_list("key", "what")) == [(asked.key, "asks")]
    after = short.begin(waiting.document, lead)
    short.submit(after, lead)
    rows = {row.title: row for row in desk.get(page_of(after)).context["rows"]}
    assert [row.is_seen for row in rows.values()] == [False, True]
    assert "请写明课时。" in desk.get(page_of(after)).content.decode()


def test_a_no_without_a_reason_is_refused(desk: Client, waiting: Version) -> None:
    answer = decide(desk, waiting, what="returned")
    assert answer.status_code == 200
    assert Version.objects.get().state == State.SUBMITTED


def test_what_was_changed_meanwhile_is_not_approved_and_shown(
    desk: Client, waiting: Version, lead: User
) -> None:
    """Taken back, edited and submitted anew: the page shows both."""
    seen = seen_on(desk.get(page_of(waiting)))
    versions.take_back(version=waiting, by=lead, now=NOW)
    waiting.budgetline_rows.filter(category="venue").update(price=800)
    short.submit(Version.objects.get(), lead)
    answer = desk.post(page_of(waiting), {"seen": seen, "what": "approved"})
    assert Version.objects.get().state == State.SUBMITTED
    assert answer.context["is_changed"]
    changed = [row.title for row in answer.context["rows"] if row.what == "changed"]
    assert changed == ["2 场地布置"]


def test_what_was_taken_back_is_not_approved(desk: Client, waiting: Version, lead: User) -> None:
    seen = seen_on(desk.get(page_of(waiting)))
    versions.take_back(version=waiting, by=lead, now=NOW)
    answer = desk.post(page_of(waiting), {"seen": seen, "what": "approved"})
    assert answer.status_code == 200
    assert Version.objects.get().state == State.DRAFT


def test_a_comment_decides_nothing(desk: Client, waiting: Version) -> None:
    decide(desk, waiting, what="comment", words="总数合理。")
    assert Version.objects.get().state == State.SUBMITTED
    assert Remark.objects.get().words == "总数合理。"


def test_a_wrong_approval_is_withdrawn(desk: Client, waiting: Version) -> None:
    decide(desk, waiting, what="approved")
    assert decide(desk, waiting, what="revoked").status_code == 200  # without a reason
    decide(desk, waiting, what="revoked", words="批错了。")
    assert Version.objects.get().state == State.REVOKED


def test_several_are_decided_after_a_page_that_shows_them(
    desk: Client, waiting: Version, other_lead: User, branch_lead: User
) -> None:
    """One that was changed after the page, and one of the own, stay out."""
    plan = short.begin(short.make_document("plan"), other_lead)
    short.add_paragraph(plan)
    short.submit(plan, other_lead)
    own = short.begin(short.make_document("summary"), other_lead)
    short.add_paragraph(own)
    short.submit(own, other_lead)
    Author.objects.create(document=own.document, account=branch_lead, since=NOW)
    rows = [waiting, plan, own]
    chosen = {"action": "decide_together", "_selected_action": [row.pk for row in rows]}
    listed = reverse("admin:office_version_changelist")
    shown = desk.post(listed, chosen)
    seen = {f"seen-{row['version'].pk}": row["seen"] for row in shown.context["rows"]}
    versions.take_back(version=plan, by=other_lead, now=NOW)
    plan.paragraph_rows.update(text="每月三场。")
    short.submit(Version.objects.get(pk=plan.pk), other_lead)
    answer = desk.post(listed, chosen | seen | {"what": "approved"})
    states = {row.pk: Version.objects.get(pk=row.pk).state for row in rows}
    assert list(states.values()) == [State.APPROVED, State.SUBMITTED, State.SUBMITTED]
    left = {row["version"].pk: row["refusal"].code for row in answer.context["rows"]}
    assert left == {plan.pk: "changed", own.pk: "own"}


@pytest.mark.parametrize("way", ["change", "history"])
def test_another_programmes_documents_are_not_there(
    client: Client, waiting: Version, make_user: Callable[..., User], way: str
) -> None:
    client.force_login(make_user(Role.PROGRAMME_LEAD, scope="after-school"))
    assert client.get(reverse(f"admin:office_version_{way}", args=[waiting.pk])).status_code == 404
    listed = client.get(reverse("admin:office_version_changelist"))
    assert list(listed.context["cl"].queryset) == []


def test_a_lead_reads_and_decides_nothing(client: Client, waiting: Version, lead: User) -> None:
    client.force_login(lead)
    seen = seen_on(client.get(page_of(waiting)))
    for what in ("approved", "returned", "comment", "revoked"):
        client.post(page_of(waiting), {"seen": seen, "what": what, "words": "好。"})
    assert Version.objects.get().state == State.SUBMITTED
    assert not Remark.objects.exists()
