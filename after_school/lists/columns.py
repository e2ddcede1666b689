"""The columns that lists of children share.

What is marked `only_whole` is only in the list that is asked for with a reason (`views.lists`).
"""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from after_school.models import Zone
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.names import clean_name, covered
from diedie_edu.common.spreadsheets.columns import CellType, Column

ZONES = {
    Zone.Kind.HOMEWORK: "课业辅导区 | homework zone | 课业辅导 | 作业区 | 辅导区",
    Zone.Kind.ACTIVITIES: "综合活动区 | activity zone | 综合活动 | 活动区",
}

CHILD = Column(
    "child",
    "孩子编号 | No. of the child",
    CellType.INTEGER,
    value=attrgetter("child.pk"),
    help=_("From an exported list; without it, name and a guardian's phone say who is meant."),
)
NAME = Column(
    "full_name",
    (
        "孩子姓名 | Child's name | 学生姓名 | 姓名 | 儿童姓名 | 幼儿姓名"
        " | 小孩姓名 | 学生 | 孩子 | 学员姓名"
    ),
    required=True,
    clean=clean_name,
    value=attrgetter("child.full_name"),
    covered=covered,
    example="陈小明 | Chen Xiaoming",
)
ZONE = Column(
    "zone",
    "分区 | Zone | 区 | 区域 | 所在区 | 参加分区",
    CellType.CHOICE,
    choices=ZONES,
    value=lambda row: row.zone and row.zone.kind,
    example=next(iter(ZONES)),
)
GUARDIAN_PHONE = Column(
    "guardian_phone",
    (
        "监护人电话 | Guardian's phone | 家长电话 | 联系电话 | 监护人联系电话"
        " | 家长联系电话 | 监护人手机 | 家长手机 | 家长手机号 | 监护人手机号码"
        " | 家长手机号码 | 家长联系方式 | 监护人联系方式 | 监护人1电话"
        " | 监护人1联系电话 | 家长1电话 | 家长1联系电话 | 成员1电话 | 成员1手机"
        " | 成员1手机号码 | 成员1联系电话 | 成员1联系方式 | 家庭成员1电话"
        " | 家庭成员1联系电话 | 第一监护人电话 | 第一监护人联系电话 | 联系方式"
        " | 电话 | 手机 | 手机号 | 手机号码 | 电话号码"
    ),
    CellType.PHONE,
    example="13800000000",  # given to nobody
)
DAY = Column(
    "day",
    "日期 | Day | 上课日期",
    CellType.DATE,
    required=True,
    fills_down=True,
    example=lambda: local_day(local_now()),
)
