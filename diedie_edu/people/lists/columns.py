"""The columns of the two lists: what an office may send, and what an export is made of.

An exported list can be corrected and sent back. A blank cell says nothing: it leaves what the
register has. A column with the name of a field of the resident or the volunteer is kept there.

Wishes about messages (`wants_sms`, `wants_email`) are no columns. They are the person's own,
and a list must not bring back what somebody has declined.
"""

from datetime import date
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import clean_name, clean_reading
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column, RowLeftOutError, through
from diedie_edu.common.typed import tidy
from diedie_edu.people.lists.rolls import ROLL
from diedie_edu.people.lists.topics import known_topics, word_of
from diedie_edu.people.models import Resident, VolunteerKind
from diedie_edu.people.rules import residents

GENDERS = {
    Resident.Gender.FEMALE: "女 | female | 女性 | 女士 | 小姐 | 女生 | 女孩 | 2 | ♀",
    Resident.Gender.MALE: "男 | male | 男性 | 先生 | 男生 | 男孩 | 1 | ♂",
}
RESIDENCIES = {
    Resident.Residency.PERMANENT: (
        "常住居民 | permanent resident | 常住 | 常驻 | 常驻市民 | 常住市民 | 本社区"
    ),
    Resident.Residency.WORKER: (
        "在社区工作 | works in the community | 务工 | 外来工 | 企业员工 | 本社区工作"
    ),
    Resident.Residency.OUTSIDE: "住在外地 | lives elsewhere | 外地 | 社区外 | 不住本社区",
}
KINDS = {
    VolunteerKind.EXPERT: "专家志愿者 | expert volunteer | 专家",
    VolunteerKind.LECTURER: "讲师团成员 | lecturers' team | 讲师团 | 讲师",
    VolunteerKind.STUDENT_PARTY: "学生党员 | student party member",
    VolunteerKind.RETIRED_PARTY: "离退休党员 | retired party member | 退休党员 | 离休党员",
    VolunteerKind.COMMUNITY: "社区志愿者 | community volunteer | 志愿者",
}
PARTS_OF_WEEK = {
    PartOfWeek.SATURDAY_MORNING: "周六上午 | Saturday morning",
    PartOfWeek.SATURDAY_AFTERNOON: "周六下午 | Saturday afternoon",
    PartOfWeek.SUNDAY_MORNING: "周日上午 | Sunday morning | 星期日上午 | 周天上午",
    PartOfWeek.SUNDAY_AFTERNOON: "周日下午 | Sunday afternoon | 星期日下午 | 周天下午",
    PartOfWeek.WEEKDAY_EVENING: "工作日晚上 | weekday evening | 平日晚上 | 周一至周五晚上",
}

NUMBER = Column(
    "number",
    "编号 | No. in the register | 居民编号 | id",
    CellType.INTEGER,
    value=attrgetter("pk"),
    help=_("Only from an exported list. Leave it empty for people who are new."),
)
NAME = Column(
    "full_name",
    (
        "姓名 | Full name | 名字 | 居民姓名 | 志愿者姓名 | 真实姓名 | 人员姓名"
        " | 成员姓名 | 家庭成员姓名 | 住户姓名 | 参加人姓名 | 参加者姓名"
        " | 参与者姓名 | 报名人姓名 | 队员姓名 | 学员姓名 | 会员姓名 | 姓名全称"
    ),
    required=True,
    clean=clean_name,
    example="陈小明 | Chen Xiaoming",
)
READING = Column(
    "surname_reading",
    "姓氏拼音 | Surname in pinyin",
    max_length=20,
    clean=clean_reading,
    takes_any_word=True,
    help=_("Only where the surname is read unusually, for example shan4 for 单."),
)
GENDER = Column(
    "gender", "性别 | Gender | 男女 | 性別 | sex", CellType.CHOICE, choices=GENDERS, example="m"
)
PHONE = Column(
    "phone",
    (
        "联系电话 | Contact phone | 电话 | 手机 | 手机号 | 手机号码 | 电话号码"
        " | phone | 联系方式 | 联系手机 | 移动电话 | 本人电话 | 本人手机"
        " | 联络电话 | 联系电话号码 | 联系号码 | 手提电话 | 移动电话号码"
        " | 手机电话 | 微信手机 | mobile | tel"
    ),
    CellType.PHONE,
    covered=masked,
    example="13800000000",  # given to nobody
)
RESIDENCY = Column(
    "residency",
    "居住情况 | Residency | 居住状况 | 居住类型 | 居住性质",
    CellType.CHOICE,
    choices=RESIDENCIES,
    example=Resident.Residency.PERMANENT,
)
HOUSEHOLD = Column(
    "household",
    "户号 | Household | 户别 | 住户编号 | 家庭编号 | 户编号 | 楼栋房号 | 楼座房号",
    fills_down=True,
    max_length=50,
    clean=tidy,
    value=lambda resident: resident.household and resident.household.label,
    help=_("For example 12-3-501. People with the same entry form one household."),
    example="12-3-501",
)
ADDRESS = Column(
    "address",
    (
        "家庭住址 | Home address | 住址 | 地址 | 现住址 | 居住地址 | 家庭地址"
        " | 详细地址 | 详细住址 | 居住地 | 现居住地 | 现居住地址 | 常住地址"
        " | 常住地 | 居住住址 | 现住地址 | 现在住址 | 通讯地址 | 通信地址"
        " | 联系地址 | 住所"
    ),
    fills_down=True,
    max_length=200,
    value=lambda resident: resident.household and resident.household.address,
)
VOLUNTEER_KINDS = Column(
    "kinds",
    ("志愿者类别 | Volunteer kinds | 类别 | 志愿者类型 | 志愿者身份 | 志愿者种类 | 志愿类别"),
    CellType.CHOICES,
    choices=KINDS,
    example=[VolunteerKind.EXPERT, VolunteerKind.RETIRED_PARTY],
)
INTRODUCTION = Column(
    "introduction",
    ("简介 | Introduction | 个人简介 | 自我介绍 | 个人介绍 | 简历 | 个人简历 | 本人简介"),
    max_length=2000,
    help=_("Shown with the lectures they give."),
)
FREE_TIMES = Column(
    "free_times",
    (
        "空闲时间 | Usually free | 有空时间 | 空余时间 | 可服务时间 | 服务时间"
        " | 可参加时间 | 方便时间"
    ),
    CellType.CHOICES,
    choices=PARTS_OF_WEEK,
    example=[PartOfWeek.SATURDAY_MORNING, PartOfWeek.SUNDAY_AFTERNOON],
)
SERVES = Column(
    "is_active",
    ("在岗 | Serves at present | 是否在岗 | 目前在岗 | 目前是否在岗 | 是否服务"),
    CellType.BOOLEAN,
    example=True,
)


def resident_columns(today: date) -> list[Column]:
    return [
        *(NUMBER, NAME, READING, GENDER, _birth_date(today), PHONE),
        *(EMAIL, RESIDENCY, HOUSEHOLD, ADDRESS, *ROLL),
    ]


def volunteer_columns(today: date) -> list[Column]:
    person = (NUMBER, NAME, GENDER, _birth_date(today), PHONE, RESIDENCY)
    return [
        *through("resident", *person),
        *(VOLUNTEER_KINDS, _skills(), FREE_TIMES, INTRODUCTION, SERVES),
    ]


def _skills() -> Column:
    topics = known_topics("skills")
    word = word_of(topics)
    return Column(
        "skills",
        ("擅长专题 | Skills by topic | 专长 | 擅长 | 擅长的专题 | 擅长领域 | 擅长科目"),
        clean=topics.several,
        value=lambda volunteer: "、".join(word(one.topic_id) for one in volunteer.skills.all()),
        help=_("Topics of the residents' school, several with 、 between them."),
        example="书法、绘画 | Calligraphy, Painting",
    )


def _birth_date(today: date) -> Column:
    def clean(birth_date: date) -> date:
        try:
            residents.check_may_be_stored(birth_date, today)
        except Refused as refusal:
            if refusal.code == "guardian_first":
                raise RowLeftOutError(refusal.code, _CHILDREN_STAY_OUT) from refusal
            raise
        return birth_date

    return Column(
        "birth_date",
        (
            "出生日期 | Date of birth | 生日 | 出生年月日 | 出生年月 | 出生时间"
            " | 出生 | 出生日 | 出生年月（日） | birthday | birth date"
        ),
        CellType.DATE,
        clean=clean,
        help=_("For example 1958-03-21. It tells people of one name apart."),
        example=date(1958, 3, 21),
    )


_CHILDREN_STAY_OUT = _(
    "Children under 14 stay out, and nothing of them is kept: a guardian gives consent first, "
    "at the 4:30 school or with a group."
)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise Refused(
            "email_invalid",
            _("This is not an e-mail address. Correct it, or leave the cell empty."),
        ) from error
    return text


EMAIL = Column(
    "email",
    (
        "电子邮箱 | E-mail | 邮箱 | 电子邮件 | 邮箱地址 | 电子邮件地址"
        " | 电子邮箱地址 | mail | email address"
    ),
    max_length=254,
    clean=_email,
)
