"""Templates of WeChat's library: what staff see of them, and how they come in by the list."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED, WAITING
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.lists.templates import TEMPLATES_LIST
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.queries.templates import APPROVED, DIFFERS, MISSING, all_filed
from diedie_edu.notices.wechat_fields import goes_by_wechat
from tests.conftest import signed_in
from tests.support.approving import TEMPLATE, approve_at_wechat

pytestmark = pytest.mark.django_db
KINDS = [kind for kind in parts_of(Kind) if goes_by_wechat(kind)]
SEATED_ZH = "activities.seated.zh-hans"
PAGE = "/messages/templates/?provider=wechat"
HEADER = ["服务商", "模板名称", "模板编号", "通过的内容"]


def test_each_kind_is_filed_once_and_says_how_far_it_is() -> None:
    approve_at_wechat(SEATED)
    filed = {one.name: one for one in all_filed(Provider.WECHAT)}
    assert len(filed) == len(KINDS)
    seated = filed["activities.seated.zh-hans"]
    assert (seated.state, seated.faults) == (APPROVED, [])
    assert filed["activities.waiting.zh-hans"].state == MISSING
    assert filed["activities.waiting.zh-hans"].text == (
        "thing=${what}\nthing=${title}\ntime=${starts_at}\ntime=${told_at}"
    )


def test_several_kinds_share_a_template_and_one_that_does_not_fit_is_red() -> None:
    approve_at_wechat(SEATED, text="time1=${title}")
    approve_at_wechat(WAITING, text="thing1=${title}")
    states = {one.name: one.state for one in all_filed(Provider.WECHAT)}
    assert states["activities.seated.zh-hans"] == DIFFERS
    assert states["activities.waiting.zh-hans"] == APPROVED


def test_the_page_says_what_stands_where_and_what_does_not_fit(
    staff_user: User, clock: object
) -> None:
    approve_at_wechat(SEATED, text="thing4=${title}\ntime5=${starts_at}")
    approve_at_wechat(WAITING, text="time4=${title}")
    page = signed_in(staff_user).get(f"{PAGE}&q=activities").text
    assert "thing4=${title}<br>time5=${starts_at}" in page
    assert "title 放不进 time4。" in page
    assert "在微信的公共模板库里选一个有这些字段的模板：" in page


@pytest.mark.django_db(transaction=True)
def test_they_come_in_by_the_list(loaded: Callable) -> None:
    text = "thing4=${title}\ntime5=${starts_at}\nphrase2=已报名"
    rows = [["微信", name, TEMPLATE, text] for name in (SEATED_ZH, "activities.waiting.zh-hans")]
    loaded(HEADER, *rows, kind="templates")
    states = {one.name: one.state for one in all_filed(Provider.WECHAT) if one.approved}
    assert states == {SEATED_ZH: APPROVED, "activities.waiting.zh-hans": APPROVED}
    assert ApprovedTemplate.objects.filter(code=TEMPLATE).count() == 2


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_the_list_comes_back_unchanged(staff_user: User, now: datetime, extension: str) -> None:
    approve_at_wechat(SEATED)
    number = list(Provider).index(Provider.WECHAT)
    columns, rows = TEMPLATES_LIST.exported_of(staff_user, now.date(), number)
    file = io.BytesIO()
    save_list(file, extension, columns, rows, sheet="x")
    file.seek(0)
    table = read_table(file.getvalue(), TEMPLATES_LIST.columns(now.date()))
    (row,) = [row for row in table.rows if row.values["name"] == SEATED_ZH]
    kept = ApprovedTemplate.objects.get()
    assert row.values["text"].split() == kept.text.split()
    assert (row.values["provider"], row.values["code"]) == ("wechat", TEMPLATE)
