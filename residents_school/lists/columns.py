"""The columns of the list of lectures."""

from datetime import date, time, timedelta
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local, local_day, local_now, weekend_of
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.people.lists.topics import known_topics, word_of
from diedie_edu.people.models import Organisation, Topic
from diedie_edu.venues.models import Venue
from residents_school.lists import speakers
from residents_school.models import TeachingForm

STATES = {
    Activity.State.DRAFT: "草稿 | draft",
    Activity.State.PUBLISHED: "已发布 | announced",
    Activity.State.CALLED_OFF: "已取消 | called off",
}
FORMS = {
    TeachingForm.LECTURE: "听讲座 | listening to a lecture",
    TeachingForm.HANDS_ON: "动手学 | doing it with one's own hands",
    TeachingForm.SMALL_GROUP: "小组一起学 | a small group",
    TeachingForm.OUTING: "走出去看 | going out to see it",
    TeachingForm.ONLINE: "在家用手机学 | on the phone at home",
}


def _near_saturday() -> date:
    """The Saturday after next, so that its day looks like one."""
    saturday, _sunday = weekend_of(local_day(local_now()))
    return saturday + timedelta(days=14)


NUMBER = Column(
    "number",
    "编号 | No. | 讲座编号",
    CellType.INTEGER,
    value=attrgetter("pk"),
    help=_("Only from an exported list. Leave it empty for lectures that are new."),
)
TITLE = Column(
    "title",
    (
        "讲座名称 | Title | 名称 | 题目 | 标题 | 讲座题目 | 讲座主题 | 课程名称"
        " | 课程 | 主题 | 活动名称 | 讲座标题"
    ),
    required=True,
    max_length=80,
    example="冬季养生 | Health in winter",
)
FORM = Column(
    "teaching_form",
    "学习形式 | Form of learning | 形式 | 授课形式 | 教学形式",
    CellType.CHOICE,
    choices=FORMS,
)
SUMMARY = Column("summary", "一句话简介 | In a sentence | 简介", max_length=200)
OUTLINE = Column(
    "outline", ("内容提要 | What it is about | 内容 | 讲座内容 | 课程内容 | 内容简介 | 主要内容")
)
DAY = Column(
    "day",
    "日期 | Day | 讲座日期 | 上课日期 | 活动日期 | 开课日期",
    CellType.DATE,
    required=True,
    value=lambda lecture: local_day(lecture.starts_at),
    example=_near_saturday,
)
STARTS = Column(
    "starts",
    ("开始时间 | Begins at | 开始 | 时间 | 讲座时间 | 上课时间 | 活动时间 | 起始时间 | 时段"),
    CellType.TIME,
    required=True,
    value=lambda lecture: local(lecture.starts_at).time(),
    example=time(9, 30),
)
ENDS = Column(
    "ends",
    "结束时间 | Ends at | 结束 | 终止时间 | 下课时间",
    CellType.TIME,
    end_of="starts",
    value=lambda lecture: local(lecture.ends_at).time(),
    example=time(11),
)
SPEAKERS = Column(
    "speakers",
    (
        "主讲人 | Speakers | 讲师 | 主讲 | 主讲老师 | 授课老师 | 授课人 | 老师"
        " | 讲师姓名 | 主讲人姓名"
    ),
    max_length=300,
    value=lambda lecture: "、".join(speakers.word_of(**one) for one in lecture.spoken),
    help=_("Full names, several with 、 between them, as they are in the list of volunteers."),
)
CAPACITY = Column(
    "capacity",
    "名额 | Seats | 人数 | 座位数 | 人数上限 | 招收人数 | 限额",
    CellType.INTEGER,
    example=40,
)
OPENS = Column("sign_up_opens_at", "报名开始 | Sign-up opens | 报名开始时间", CellType.MOMENT)
CLOSES = Column(
    "sign_up_closes_at", "报名截止 | Sign-up closes | 报名截止时间 | 截止报名", CellType.MOMENT
)
STATE = Column(
    "state",
    "状态 | State",
    CellType.CHOICE,
    choices=STATES,
    help=_("For reading only: lectures are announced and called off on their own pages."),
)
COUNTED = (
    Column("taken", "已报名 | Seats taken", CellType.INTEGER, is_read=False),
    Column("waiting", "排队 | Waiting", CellType.INTEGER, is_read=False),
    Column("came", "到场 | Came", CellType.INTEGER, is_read=False),
)


def lecture_columns(today: date) -> list[Column]:
    return [
        *(NUMBER, TITLE, _topic(), FORM, SUMMARY, OUTLINE, DAY, STARTS, ENDS, _venue()),
        *(SPEAKERS, _partner(), CAPACITY, OPENS, CLOSES, STATE, *COUNTED),
    ]


def _venue() -> Column:
    unknown = _("There is no such room in the list of venues. Correct its name, or add it first.")
    return Column(
        "venue",
        "场地 | Venue | 地点 | 场地名称 | 上课地点 | 讲座地点 | 活动地点 | 教室",
        max_length=90,
        clean=Known("venue", Venue.objects.all(), attrgetter("title_zh", "title_en"), unknown).one,
        value=attrgetter("occasion.venue.title"),
        example="社区活动室 | Community room",
    )


def _partner() -> Column:
    unknown = _("There is no such organisation in the list. Correct its name, or add it first.")
    return Column(
        "partner",
        "合作单位 | Partner organisation | 合作机构 | 协办单位 | 合作方",
        max_length=80,
        clean=Known("partner", Organisation.objects.all(), lambda one: [one.title], unknown).one,
        value=lambda lecture: lecture.partner and lecture.partner.title,
    )


def _topic() -> Column:
    topics = known_topics("topic")
    word = word_of(topics)

    def clean(text: str) -> Topic:
        found = topics.several(text)
        if len(found) != 1:
            raise Refused("one_topic", _("A lecture has one topic. Enter only one."))
        return found[0]

    return Column(
        "topic",
        "专题 | Topic | 专题名称 | 所属专题",
        clean=clean,
        value=lambda lecture: word(lecture.topic_id),
        help=_("A topic of the residents' school, spelt as in its list of topics."),
        example="中老年健康 | Health for seniors",
    )
