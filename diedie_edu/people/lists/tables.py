"""Partner organisations, and topics, in lists."""

from datetime import date
from operator import attrgetter, methodcaller

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.lists.tables import table_kind
from diedie_edu.people.models import Organisation, Topic, TopicArea

KINDS = {
    Organisation.Kind.CIVIL_GROUP: "民间组织 | civil group | 民间团体",
    Organisation.Kind.ASSOCIATION: "协会 | association | 社团 | 俱乐部",
    Organisation.Kind.ENTERPRISE: "企业 | enterprise | 公司",
    Organisation.Kind.SCHOOL: "学校 | school",
}
PARTNERS = [
    Column(
        "title",
        (
            "单位名称 | Name | 名称 | 组织名称 | 单位 | 机构名称 | 企业名称"
            " | 学校名称 | 社团名称 | 团体名称 | 公司名称"
        ),
        required=True,
        max_length=80,
        example="书法协会 | Calligraphy association",
    ),
    Column(
        "kind",
        "单位类型 | Kind | 类型 | 单位性质 | 单位类别 | 类别 | 性质",
        CellType.CHOICE,
        required=True,
        choices=KINDS,
    ),
    Column(
        "contact",
        "联系人 | Contact person | 联系人姓名 | 负责人 | 负责人姓名 | 对接人",
        max_length=50,
    ),
    Column(
        "phone",
        (
            "联系电话 | Contact phone | 电话 | 手机 | 联系方式 | 手机号 | 手机号码"
            " | 电话号码 | 联系人电话 | 联系人手机 | 负责人电话 | 联系人联系方式"
        ),
        CellType.PHONE,
        of_organisation=True,
        covered=masked,
    ),
    Column("note", "备注 | Note | 备注说明 | 说明", help=_("Anything worth knowing.")),
]


def topic_columns(today: date) -> list[Column]:
    areas = {area.slug: area for area in TopicArea.objects.all()}
    words = {
        slug: f"{one.title_zh} | {one.title_en or one.title_zh}" for slug, one in areas.items()
    }
    area = Column(
        "area",
        "领域 | Area",
        CellType.CHOICE,
        required=True,
        choices=words,
        clean=areas.get,
        value=attrgetter("area.slug"),
        example=next(iter(areas), ""),
    )
    return [
        area,
        Column("title_zh", "专题 | Topic | 专题名称 | 名称 | 课题", required=True, max_length=60),
        Column("title_en", "英文名称 | Name in English", max_length=90),
        Column("position", "排序 | Position | 序号", CellType.INTEGER),
        Column("is_offered", "是否开设 | Offered | 开设 | 是否开课", CellType.BOOLEAN),
    ]


PARTNERS_LIST = table_kind(
    Organisation,
    ["title"],
    methodcaller("get_kind_display"),
    slug="partners",
    title=_("Organisations"),
    permission=Permission.KEEP_PEOPLE,
    columns=lambda _today: PARTNERS,
    headings=(_("Organisation"), _("Kind")),
)
TOPICS_LIST = table_kind(
    Topic,
    ["area", "title_zh"],
    attrgetter("area.title"),
    slug="topics",
    title=_("Topics"),
    permission=Permission.KEEP_TOPICS,
    columns=topic_columns,
    headings=(_("Topic"), _("Area")),
    names_people=False,
)
