"""Made-up rows for the style page, so that every part is seen in every state."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample

from django import forms
from django.core.paginator import Paginator

from diedie_edu.common.inputs import DayInput
from diedie_edu.common.manifests import programmes


class SampleForm(forms.Form):
    """One field of every kind; bound to nothing it shows every kind of error."""

    phone = forms.CharField(label="手机号", help_text="11 位手机号，例如 13800138000")
    code = forms.CharField(
        label="验证码", widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    topic = forms.ChoiceField(label="主题", choices=[("", "请选择"), ("1", "书法")])
    day = forms.DateField(label="日期", widget=DayInput)
    remarks = forms.CharField(
        label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    channel = forms.ChoiceField(
        label="怎么通知您",
        choices=[("inbox", "站内消息"), ("sms", "短信")],
        widget=forms.RadioSelect,
    )
    agrees = forms.BooleanField(label="我同意")


class SampleFilter(forms.Form):
    q = forms.CharField(label="搜讲座", help_text="主题、名称或主讲", required=False)
    area = forms.ChoiceField(
        label="类别", choices=[("", "全部"), ("1", "身心健康")], required=False
    )


def style_samples(now: datetime) -> dict[str, object]:
    """The context of `style.html`."""
    return {
        "cards": _cards(now),
        "sign_ups": [
            Sample(is_seated=True),
            Sample(is_offered=True),
            Sample(is_waiting=True),
            Sample(is_lapsed=True),
            Sample(),
        ],
        "states": _states(),
        "form": SampleForm(auto_id="empty_%s"),
        "wrong_form": SampleForm({}, auto_id="wrong_%s"),
        "filter_form": SampleFilter({"q": "书法"}, auto_id="filter_%s"),
        "shortcuts": [
            {"label": "全部", "url": "?", "current": True},
            {"label": "本周六", "url": "?day=sat", "current": False},
        ],
        "tabs": [
            {"label": "未开始", "url": "?", "current": True, "count": 8},
            {"label": "已结束", "url": "?past", "current": False},
        ],
        "page": Paginator(range(30), 10).page(2),
        "events": [
            {"at": now, "text": "已补上名额", "by": "系统"},
            {"at": now - timedelta(days=2), "text": "开始排队", "note": "当时排第 3 位"},
        ],
        "rows": [("身心健康", 42), ("休闲娱乐", 30), ("素质教育", 17), ("就业技能", 9)],
        "bands": _bands(),
        "tones": ["leaf", "amber", "rose", "indigo", "brick", "plain"],
        "programmes": list(programmes()),
    }


def _bands() -> list[Sample]:
    where, numbers = "课业辅导区（图书室）。", [("四点半学校", "0757-00000000")]
    return [
        Sample(tone="leaf", icon="check-circle", title="在校，16:28 到的", text=where),
        Sample(tone="amber", icon="clock", title="16:30 等孩子来", text=where),
        Sample(tone="brick", icon="bell-alert", title="还没到，也没请假", numbers=numbers),
    ]


def _states() -> list[Sample]:
    return [
        Sample(state="draft", get_state_display="草稿"),
        Sample(state="published", get_state_display="已发布"),
        Sample(state="called_off", is_called_off=True, get_state_display="已取消"),
    ]


def _cards(now: datetime) -> list[Sample]:
    """One card for each state of the seats line, from free to called off."""
    return [
        _card("还有很多名额", now, taken=12),
        _card("只剩几个名额", now + timedelta(days=1), taken=38),
        _card("满了，有人排队", now + timedelta(days=2), taken=40, waiting=5),
        _card("还没开始报名", now + timedelta(days=9), taken=0, opens=now + timedelta(days=1)),
        _card("报名已经截止", now + timedelta(days=3), taken=31, closes=now - timedelta(hours=1)),
        _card("取消的一场，名称特别长，长到在手机上要换三行才写得下", now, taken=9, off=True),
    ]


def _card(
    title: str,
    starts_at: datetime,
    *,
    taken: int,
    waiting: int = 0,
    opens: datetime | None = None,
    closes: datetime | None = None,
    off: bool = False,
) -> Sample:
    venue = Sample(title="社区活动室")
    return Sample(
        pk=len(title),
        title=title,
        taken=taken,
        capacity=40,
        free=40 - taken,
        waiting=waiting,
        is_called_off=off,
        sign_up_opens_at=opens or starts_at - timedelta(days=30),
        sign_up_closes_at=closes or starts_at + timedelta(minutes=1),
        occasion=Sample(
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), venue=venue
        ),
    )
