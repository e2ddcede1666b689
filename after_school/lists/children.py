"""The children of a term in a list: covered for everybody who looks after them, and opened only
for whoever asks with a reason.

Allergies and notes are not read from any list: they are typed in where they are encrypted.
"""

from dataclasses import replace
from datetime import date
from operator import attrgetter

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from after_school.lists.collectors import COLLECTORS, OnlyWhole
from after_school.lists.columns import CHILD, GUARDIAN_PHONE, NAME, ZONE
from after_school.models import Collector, Enrolment, Term, Weekday
from after_school.queries.children import live_enrolments
from after_school.rules.children import check_age
from after_school.rules.grades import clean_grade
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_now
from diedie_edu.common.names import clean_name
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.lists.known import name_or_covered
from diedie_edu.people.models import Consent, Guardianship
from diedie_edu.people.queries import consent_text_in_force
from diedie_edu.people.rules import residents

WEEKDAYS = {
    str(Weekday.MONDAY): "周一 | Monday | 星期一",
    str(Weekday.TUESDAY): "周二 | Tuesday | 星期二",
    str(Weekday.WEDNESDAY): "周三 | Wednesday | 星期三",
    str(Weekday.THURSDAY): "周四 | Thursday | 星期四",
    str(Weekday.FRIDAY): "周五 | Friday | 星期五",
}
RELATIONS = {
    Guardianship.Relation.MOTHER: "母亲 | mother | 妈妈 | 母 | 妈 | 母子 | 母女",
    Guardianship.Relation.FATHER: "父亲 | father | 爸爸 | 父 | 爸 | 父子 | 父女",
    Guardianship.Relation.GRANDPARENT: (
        "祖父母 | grandparent | 外祖父母 | 爷爷 | 奶奶 | 外公 | 外婆"
    ),
    Guardianship.Relation.OTHER: "其他监护人 | other guardian | 其他",
}


def _consent(enrolment: Enrolment) -> Consent | None:
    """The one that holds, as `children_with_consents` has read it."""
    return next(iter(enrolment.child.live_consents), None)  # type: ignore[attr-defined]


def _bond(enrolment: Enrolment) -> Guardianship | None:
    """With the guardian whose consent holds."""
    consent, bonds = _consent(enrolment), enrolment.child.guardians.all()
    return next((one for one in bonds if consent and one.guardian_id == consent.guardian_id), None)


def _guardian_phone(enrolment: Enrolment) -> str:
    """The contact phone, or the one they sign in with."""
    bond = _bond(enrolment)
    if bond is None:
        return ""
    account = bond.guardian.account
    return bond.guardian.phone or (account.phone if account else "")


def _version_in_force() -> str:
    text = consent_text_in_force(PROGRAMME, local_now())
    return text.version if text else ""


PUPILS = [
    CHILD,
    replace(NAME, clean=name_or_covered),
    OnlyWhole(
        "school",
        "学校 | School | 就读学校 | 学校名称 | 所在学校 | 在读学校",
        required=True,
        unless=CHILD.code,
        max_length=60,
        example="示例小学 | Example School",
    ),
    Column(
        "grade",
        "年级 | Grade | 所在年级 | 就读年级",
        required=True,
        max_length=20,
        clean=clean_grade,
        example="三年级 | 3",
    ),
    OnlyWhole(
        "class_name",
        "班级 | Class | 班 | 所在班级 | 班级名称 | 就读班级",
        max_length=20,
        example="2 班 | 2",
    ),
    Column(
        "weekdays",
        "来校日 | Comes on | 星期 | 来校时间 | 参加日 | 参加时间",
        CellType.CHOICES,
        required=True,
        choices=WEEKDAYS,
        value=lambda enrolment: [str(number) for number in enrolment.weekdays],
        example=[str(Weekday.MONDAY), str(Weekday.WEDNESDAY)],
    ),
    replace(ZONE, required=True),
    OnlyWhole(
        "guardian_name",
        (
            "监护人姓名 | Guardian's name | 家长姓名 | 家长 | 监护人 | 监护人1姓名"
            " | 家长1姓名 | 成员1姓名 | 家庭成员1姓名 | 第一监护人姓名 | 第一监护人"
            " | 父母姓名 | 父母或监护人姓名"
        ),
        required=True,
        unless=CHILD.code,
        clean=clean_name,
        value=lambda enrolment: (bond := _bond(enrolment)) and bond.guardian.full_name,
        example="李小梅 | Li Xiaomei",
    ),
    replace(
        GUARDIAN_PHONE,
        required=True,
        unless=CHILD.code,
        value=_guardian_phone,
        only_whole=True,
    ),
    OnlyWhole(
        "relation",
        (
            "与孩子的关系 | Relation to the child | 关系 | 与孩子关系 | 与学生关系"
            " | 与学生的关系 | 与儿童关系 | 与本人关系 | 监护人关系 | 家长关系"
            " | 监护人1关系 | 家长1关系 | 成员1关系 | 家庭成员1关系"
            " | 第一监护人关系 | 亲属关系"
        ),
        CellType.CHOICE,
        required=True,
        unless=CHILD.code,
        choices=RELATIONS,
        value=lambda enrolment: (bond := _bond(enrolment)) and bond.relation,
        example=Guardianship.Relation.MOTHER,
    ),
    OnlyWhole(
        "paper_reference",
        "同意书存放处 | Where the signed consent lies | 同意书编号",
        max_length=60,
        value=lambda enrolment: (consent := _consent(enrolment)) and consent.paper_reference,
        help=_("For example “Cupboard 3, folder 2026-2, no. 17”. Without it nobody comes in."),
        example="3 号柜 2026-2 夹 17 号 | Cupboard 3, no. 17",
    ),
    OnlyWhole(
        "version",
        "同意书版本 | Version of the consent",
        max_length=20,
        value=lambda enrolment: (consent := _consent(enrolment)) and consent.text.version,
        help=_("The version that the guardian has signed, as it stands on the paper."),
        example=_version_in_force,
    ),
    Column(
        "state",
        "状态 | State",
        value=lambda enrolment: enrolment.sign_up.get_status_display(),
        is_read=False,
    ),
    Column(
        "term",
        "学期编号 | No. of the term",
        CellType.INTEGER,
        fills_down=True,
        value=attrgetter("term_id"),
        help=_("From an exported list. Left empty: the term that children can be enrolled in now."),
    ),
    OnlyWhole("allergies", "过敏 | Allergies", is_read=False),
    OnlyWhole("notes", "工作人员须知 | What staff should know", is_read=False),
    *COLLECTORS,
]


def pupil_columns(today: date) -> list[Column]:
    def clean(birth_date: date) -> date:
        residents.check_birth_date(birth_date, today)
        check_age(birth_date, today)
        return birth_date

    number, name, *others = PUPILS
    born = OnlyWhole(
        "birth_date",
        "出生日期 | Date of birth | 生日 | 出生年月 | 出生年月日 | 出生时间",
        CellType.DATE,
        required=True,
        unless=CHILD.code,
        clean=clean,
        value=attrgetter("child.birth_date"),
        example=date(2017, 5, 4),
    )
    return [number, name, born, *others]


def children_to_list(user: User, today: date) -> QuerySet[Enrolment]:
    """The children of terms that are not over."""
    return _covered(live_enrolments().filter(term__last_day__gte=today))


def children_of(user: User, today: date, term: int) -> QuerySet[Enrolment] | None:
    """Those of one term (its number)."""
    known = Term.objects.filter(pk=term).exists()
    return _covered(live_enrolments().filter(term=term)) if known else None


def _covered(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    rows = enrolments.defer("allergies", "notes")
    return rows.order_by("term_id", "child__sort_key", "pk")


def children_with_consents(term: Term) -> QuerySet[Enrolment]:
    """All that staff may know of the children of a term. Whoever calls this writes the looks
    down."""
    bonds = Guardianship.objects.select_related("guardian__account").order_by("pk")
    live = Consent.objects.filter(ended_at=None).select_related("text").order_by("-pk")
    rows = live_enrolments().filter(term=term).order_by("child__sort_key", "pk")
    named = Collector.objects.filter(guardian=None, barred_at=None, ended_at=None).order_by("pk")
    return rows.prefetch_related(
        Prefetch("child__guardians", bonds),
        Prefetch("child__consents", live, "live_consents"),
        Prefetch("child__collectors", named, "named"),
    )
