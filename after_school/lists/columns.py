"""The columns of the three lists; one description for reading, the templates and the exports.

Allergies and notes are in no list that is read: they are typed in where they are encrypted.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from after_school.models import Presence, Weekday, Zone
from after_school.rules import children
from diedie_edu.common.names import clean_name
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.models import Guardianship
from diedie_edu.people.rules import residents

ZONES = {
    Zone.Kind.HOMEWORK: ("课业辅导区", "homework zone", "课业辅导", "作业区", "辅导区"),
    Zone.Kind.ACTIVITIES: ("综合活动区", "activity zone", "综合活动", "活动区"),
}
WEEKDAYS = {
    str(Weekday.MONDAY): ("周一", "Monday", "星期一"),
    str(Weekday.TUESDAY): ("周二", "Tuesday", "星期二"),
    str(Weekday.WEDNESDAY): ("周三", "Wednesday", "星期三"),
    str(Weekday.THURSDAY): ("周四", "Thursday", "星期四"),
    str(Weekday.FRIDAY): ("周五", "Friday", "星期五"),
}
RELATIONS = {
    Guardianship.Relation.MOTHER: ("母亲", "mother", "妈妈"),
    Guardianship.Relation.FATHER: ("父亲", "father", "爸爸"),
    Guardianship.Relation.GRANDPARENT: (
        *("祖父母", "grandparent"),
        *("外祖父母", "爷爷", "奶奶", "外公", "外婆"),
    ),
    Guardianship.Relation.OTHER: ("其他监护人", "other guardian", "其他"),
}
CHECKS = {
    Presence.Check.KNOWN: ("工作人员认识", "known to staff", "认识"),
    Presence.Check.DOCUMENT: ("看了证件", "showed a document", "证件"),
    Presence.Check.CALL: ("打电话问过监护人", "a guardian was called", "电话"),
}


def name_or_covered(text: str) -> str:
    """A name, or one as the exports cover it: 陈**."""
    return text if text.endswith("*") else clean_name(text)


CHILD = Column(
    "child",
    ("孩子编号", "No. of the child"),
    CellType.INTEGER,
    help=_("From an exported list; without it, name and a guardian's phone say who is meant."),
)
NAME = Column("full_name", ("孩子姓名", "Child's name", "学生姓名", "姓名"), required=True)
GRADE = Column("grade", ("年级", "Grade"), required=True, max_length=20)
ZONE = Column("zone", ("分区", "Zone", "区", "区域"), CellType.CHOICE, choices=ZONES)
COMES_ON = Column(
    "weekdays",
    ("来校日", "Comes on", "星期"),
    CellType.CHOICES,
    required=True,
    choices=WEEKDAYS,
)
TERM = Column(
    "term",
    ("学期编号", "No. of the term"),
    CellType.INTEGER,
    fills_down=True,
    help=_("From an exported list. Left empty: the term that children can be enrolled in now."),
)
GUARDIAN_PHONE = Column(
    "guardian_phone",
    ("监护人电话", "Guardian's phone", "家长电话", "联系电话"),
    CellType.PHONE,
)
DAY = Column("day", ("日期", "Day"), CellType.DATE, required=True, fills_down=True)
STATE = Column("state", ("状态", "State"))

# Of the children, written and not read back; only in the list that is asked for with a reason.
OPENED = [
    Column("allergies", ("过敏", "Allergies")),
    Column("notes", ("工作人员须知", "What staff should know")),
]

# Of an afternoon.
ARRIVED = Column("arrived", ("到校时间", "Arrived at", "到校"), CellType.TIME)
LEFT = Column("left", ("离校时间", "Left at", "离校"), CellType.TIME)
COLLECTED_BY = Column(
    "collected_by",
    ("接走的人", "Collected by", "接送人", "接走人"),
    max_length=50,
    help=_("The full name of one of the people who may collect this child."),
)
HOW = Column("how", ("核对方式", "Checked how"), CellType.CHOICE, choices=CHECKS)
AFTERNOON = [
    *(DAY, CHILD, Column(NAME.code, NAME.titles, required=True, clean=name_or_covered)),
    *(GUARDIAN_PHONE, ARRIVED, ZONE, LEFT, COLLECTED_BY, HOW),
]


def pupil_columns(today: date) -> list[Column]:
    """Of the paper enrolments that are read."""

    def clean(birth_date: date) -> date:
        residents.check_birth_date(birth_date, today)
        children.check_age(birth_date, today)
        return birth_date

    return [
        Column(NAME.code, NAME.titles, required=True, clean=clean_name),
        Column(
            "birth_date",
            ("出生日期", "Date of birth", "生日"),
            CellType.DATE,
            required=True,
            clean=clean,
        ),
        Column("school", ("学校", "School", "就读学校"), required=True, max_length=60),
        GRADE,
        Column("class_name", ("班级", "Class", "班"), max_length=20),
        COMES_ON,
        Column(ZONE.code, ZONE.titles, ZONE.kind, required=True, choices=ZONES),
        Column(
            "guardian_name",
            ("监护人姓名", "Guardian's name", "家长姓名"),
            required=True,
            clean=clean_name,
        ),
        Column(GUARDIAN_PHONE.code, GUARDIAN_PHONE.titles, CellType.PHONE, required=True),
        Column(
            "relation",
            ("与孩子的关系", "Relation to the child", "关系"),
            CellType.CHOICE,
            required=True,
            choices=RELATIONS,
        ),
        Column(
            "paper_reference",
            ("同意书存放处", "Where the signed consent lies", "同意书编号"),
            max_length=60,
            help=_("For example “Cupboard 3, folder 2026-2, no. 17”. Without it nobody comes in."),
        ),
        Column(
            "version",
            ("同意书版本", "Version of the consent"),
            max_length=20,
            help=_("The version that the guardian has signed, as it stands on the paper."),
        ),
        TERM,
    ]
