"""Templates that a provider approved: which go out, which do not, and what staff see of it."""

import io
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.notices.lists.templates import TEMPLATES_LIST
from diedie_edu.notices.models import ApprovedTemplate, Attempt, Notice, Provider, Reason, Status
from diedie_edu.notices.outbox import calls
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.notices.queries import calls as call_list
from diedie_edu.notices.queries.desk import PROBLEMS
from diedie_edu.notices.queries.templates import all_filed
from diedie_edu.notices.text_messages import by_name, by_number, mainland_segments, names_in
from tests.chaos.gateway import Gateway
from tests.support.approving import approve
from tests.support.desks import shown_by
from tests.support.refusals import guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SEATED = "activities.seated.zh-hans"
PAGE = "/messages/templates/"


def deliver() -> None:
    calls.deliver_by("sms", time.monotonic() + 60)


@pytest.fixture
def by_templates(gateway: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """A provider that takes templates alone, in the words of our own gateway."""
    monkeypatch.setattr("diedie_edu.notices.queries.templates.BY_TEMPLATES", (Provider.HTTP,))
    return gateway


def test_a_message_without_an_approved_template_is_not_sent_and_somebody_calls(
    by_templates: Gateway, make_notice: Callable[..., Notice], staff_user: User
) -> None:
    make_notice()
    deliver()
    deliver()

    notice, attempt = Notice.objects.get(), Attempt.objects.get()
    assert (notice.status, notice.tries) == (Status.SUPPRESSED, 1)
    assert (attempt.reason, attempt.detail) == (Reason.NO_TEMPLATE, SEATED)
    assert by_templates.messages == []
    assert [line.number for line in call_list.lines({""}, notice.created_at)] == [1]


def test_the_desk_says_how_many_did_not_go_out(
    by_templates: Gateway, make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    def said(at: datetime) -> list[str]:
        return [one.text for one in shown_by(PROBLEMS, staff_user, at) if one.url == PAGE]

    for kind in parts_of(Kind):
        if kind.code.startswith("notices.code_"):
            approve(kind.code + ".zh-hans")
    assert said(now) == []

    make_notice()
    deliver()
    moment = Attempt.objects.get().started_at
    (words,) = said(moment)
    assert "1" in words
    assert said(moment + timedelta(days=8)) == []

    ApprovedTemplate.objects.get(name="notices.code_sign_in.zh-hans").delete()
    assert len(said(moment)) == 2


def test_nothing_is_said_where_text_messages_go_as_words(
    gateway: Gateway, staff_user: User, now: datetime
) -> None:
    assert [one for one in shown_by(PROBLEMS, staff_user, now) if one.url == PAGE] == []


def test_an_approved_one_goes_by_its_code_in_the_order_of_its_words(
    by_templates: Gateway, make_notice: Callable[..., Notice]
) -> None:
    approve(SEATED, code="SMS_1", text="${venue}：${title}，${starts_at} ${key}")
    make_notice()
    deliver()

    (message,) = by_templates.messages
    assert message["template"] == "SMS_1"
    assert list(message["variables"]) == ["venue", "title", "starts_at", "key"]


def test_one_with_other_variables_than_ours_is_not_used(
    by_templates: Gateway, make_notice: Callable[..., Notice]
) -> None:
    approve(SEATED, text="${title}，${starts_at} ${key}")
    make_notice()
    deliver()
    assert Notice.objects.get().status == Status.SUPPRESSED


def test_who_reads_english_gets_the_chinese_that_is_approved(
    by_templates: Gateway, make_notice: Callable[..., Notice]
) -> None:
    approve(SEATED, code="SMS_1")
    User.objects.filter(pk=make_notice().recipient.account_id).update(language="en")
    deliver()
    (message,) = by_templates.messages
    assert message["template"] == "SMS_1"
    assert message["variables"]["venue"] == "图书室"


def test_our_own_gateway_gets_our_name_where_it_told_no_code(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    make_notice()
    deliver()
    assert gateway.messages[0]["template"] == SEATED


def test_a_code_that_cannot_go_is_wiped(by_templates: Gateway, now: datetime) -> None:
    notify_of_code(
        phone="13800138000",
        code="123456",
        purpose="sign_in",
        language="zh-hans",
        browser="b",
        now=now,
    )
    deliver()
    assert Notice.objects.values_list("status", "sealed").get() == (Status.SUPPRESSED, "")


# --- The list --------------------------------------------------------------------------


def test_every_template_is_listed_and_none_has_a_variable_twice() -> None:
    filed = all_filed(Provider.ALIBABA)

    assert {one.name.rsplit(".", 1)[0] for one in filed} >= {kind.code for kind in parts_of(Kind)}
    assert all(len(set(names_in(one.text))) == len(names_in(one.text)) for one in filed)
    assert all("${key}" not in one.text or one.text.endswith("/m/${key}") for one in filed)
    assert {one.signature for one in filed} == {signed("").strip("【】")}
    codes = {one.name for one in filed if one.is_code and one.language == "en"}
    assert "notices.code_sign_in.en" in codes
    assert SEATED not in codes


def test_the_list_is_the_same_whoever_reads_it() -> None:
    listed = []
    for language in ("zh-hans", "en"):
        with override(language):
            listed.append([(one.name, one.text) for one in all_filed(Provider.ALIBABA)])
    assert listed[0] == listed[1]


def test_signs_and_messages_are_counted_at_the_longest(settings: Settings) -> None:
    settings.PORTAL_URL = "https://edu.example"
    (seated,) = (one for one in all_filed(Provider.ALIBABA) if one.name == SEATED)
    assert seated.filled.startswith(
        "【叠二社区】报名成功：秋冬护膝与关节保养：老年人每天五分钟体操"
    )
    assert seated.length == len(seated.filled)
    assert seated.segments == 2


@pytest.mark.parametrize(
    ("length", "number"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_seventy_signs_are_one_message_then_sixty_seven_each(length: int, number: int) -> None:
    assert mainland_segments("a" * length) == mainland_segments("字" * length) == number


def test_each_provider_writes_variables_its_way() -> None:
    assert by_number("${title}，${key}") == "{1}，{2}"
    assert by_name("{2}：{1}，{3}", ["title", "key"]) == "${key}：${title}，{3}"
    (seated,) = (one for one in all_filed(Provider.TENCENT) if one.name == SEATED)
    assert "{1}" in seated.wording
    assert "${" not in seated.wording


def test_the_command_writes_them_all(settings: Settings) -> None:
    settings.PORTAL_URL = "https://edu.example"
    approve(SEATED, code="9", provider=Provider.TENCENT)
    out = io.StringIO()
    call_command("list_templates", "--provider=tencent", stdout=out)
    signature, _empty, _head, _line, *rows = out.getvalue().splitlines()

    assert signature == "签名 signature: 【叠二社区】"
    assert len(rows) == len(all_filed(Provider.TENCENT))
    (seated,) = (row for row in rows if row.startswith(f"| {SEATED} |"))
    assert "| 报名成功：{1}，{2}，{3}，" in seated
    assert "https://edu.example/m/{4} |" in seated
    assert "| title 20, starts_at 15, venue 12, key 22 |" in seated
    assert seated.endswith("| 2 | 9 | 已通过 |")


# --- Codes that come back --------------------------------------------------------------

HEADER = ["服务商", "模板名称", "模板CODE", "审核通过日期", "通过的内容"]


@pytest.mark.django_db(transaction=True)
def test_codes_come_in_by_a_list_with_our_words_and_todays_date(loaded: Callable) -> None:
    loaded(HEADER[:3], ["阿里云", SEATED, "SMS_77"], kind="templates")
    row = ApprovedTemplate.objects.get()
    (filed,) = (one for one in all_filed(Provider.ALIBABA) if one.name == SEATED)
    assert (row.provider, row.code, row.approved_on) == ("alibaba", "SMS_77", date(2026, 11, 23))
    assert filed.state == "approved"


@pytest.mark.django_db(transaction=True)
def test_other_words_come_in_by_name_or_by_number(loaded: Callable) -> None:
    said = "报到：{1}，{2}，{3}，看这里 {4}"
    loaded(HEADER, ["腾讯云", SEATED, "1234", "2026-11-20", said], kind="templates")
    row = ApprovedTemplate.objects.get()
    assert row.text == "报到：${title}，${starts_at}，${venue}，看这里 ${key}"
    assert row.approved_on == date(2026, 11, 20)
    (filed,) = (one for one in all_filed(Provider.TENCENT) if one.name == SEATED)
    assert filed.state == "differs"
    assert [piece.text for piece in filed.differences if piece.what == "gone"]


def test_a_name_that_is_none_of_ours_and_a_code_twice_are_faults(checked: Callable) -> None:
    job = checked(HEADER[:3], ["阿里云", "no.such.zh-hans", "SMS_1"], kind="templates")
    assert (job.status, job.faults_total) == ("faulty", 1)
    approve("activities.reminder.zh-hans", code="SMS_2")
    ApprovedTemplate.objects.update(provider="alibaba")
    job = checked(HEADER[:3], ["阿里云", SEATED, "SMS_2"], kind="templates")
    assert (job.status, job.faults_total) == ("faulty", 1)


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_the_list_comes_back_unchanged(staff_user: User, now: datetime, extension: str) -> None:
    approve(SEATED, provider=Provider.TENCENT, text="报到：${title} ${key}")
    approve("notices.code_reset.zh-hans", provider=Provider.TENCENT, code="8")
    columns, rows = TEMPLATES_LIST.exported_of(staff_user, now.date(), 1)
    file = io.BytesIO()
    save_list(file, extension, columns, rows, sheet="x")

    table = read_table(file.getvalue(), TEMPLATES_LIST.columns(now.date()))
    plan = TEMPLATES_LIST.plan(table, staff_user, now)
    plan.rehearse(staff_user, now)

    assert list(table.faults) == []
    number = len(all_filed(Provider.TENCENT))
    assert plan.counts() | {"rows_total": number, "rows_same": number} == plan.counts()


def test_a_number_of_no_provider_answers_404(
    as_user: Callable[[User], Client], staff_user: User
) -> None:
    assert as_user(staff_user).get("/desk/lists/export/templates/9.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("second", "guard"),
    [
        ({"name": SEATED, "code": "2"}, "template_approved_once"),
        ({"name": "x.en", "code": "SMS_1"}, "template_code_means_one"),
    ],
)
def test_one_code_for_each_template_of_a_provider(second: dict[str, str], guard: str) -> None:
    approve(SEATED, code="SMS_1")
    assert guard_that_stops(lambda: approve(**second)) == guard
    approve(**second, provider=Provider.TENCENT)


@pytest.mark.parametrize(
    ("gap", "guard"),
    [
        ({"text": ""}, "template_is_complete"),
        ({"code": ""}, "template_is_complete"),
        ({"name": ""}, "template_is_complete"),
        ({"provider": "pigeon"}, "template_provider_is_known"),
    ],
)
def test_a_row_is_complete(gap: dict[str, str], guard: str) -> None:
    approve(SEATED)
    assert guard_that_stops(lambda: ApprovedTemplate.objects.update(**gap)) == guard
