"""The columns of the list of lectures; one description for reading, the template and the export."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.lists.skills import reader_of_skills
from diedie_edu.people.models import Topic

STATES = {
    Activity.State.DRAFT: ("草稿", "draft"),
    Activity.State.PUBLISHED: ("已发布", "announced"),
    Activity.State.CALLED_OFF: ("已取消", "called off"),
}
NUMBER = Column(
    "number",
    ("编号", "No.", "讲座编号"),
    CellType.INTEGER,
    help=_("Only from an exported list. Leave it empty for lectures that are new."),
)
TITLE = Column("title", ("讲座名称", "Title", "名称", "题目", "标题"), required=True, max_length=80)
SUMMARY = Column("summary", ("一句话简介", "In a sentence", "简介"), max_length=200)
OUTLINE = Column("outline", ("内容提要", "What it is about", "内容"))
DAY = Column("day", ("日期", "Day"), CellType.DATE, required=True)
STARTS = Column("starts", ("开始时间", "Begins at", "开始"), CellType.TIME, required=True)
ENDS = Column("ends", ("结束时间", "Ends at", "结束"), CellType.TIME)
VENUE = Column("venue", ("场地", "Venue", "地点"), max_length=90)
SPEAKERS = Column(
    "speakers",
    ("主讲人", "Speakers", "讲师"),
    max_length=300,
    help=_("Full names, several with 、 between them, as they are in the list of volunteers."),
)
PARTNER = Column("partner", ("合作单位", "Partner organisation", "合作机构"), max_length=80)
CAPACITY = Column("capacity", ("名额", "Seats", "人数"), CellType.INTEGER)
OPENS = Column("sign_up_opens_at", ("报名开始", "Sign-up opens"), CellType.MOMENT)
CLOSES = Column("sign_up_closes_at", ("报名截止", "Sign-up closes"), CellType.MOMENT)
STATE = Column(
    "state",
    ("状态", "State"),
    CellType.CHOICE,
    choices=STATES,
    help=_("For reading only: lectures are announced and called off on their own pages."),
)
# Written, and not read back.
COUNTED = [
    Column("taken", ("已报名", "Seats taken"), CellType.INTEGER),
    Column("waiting", ("排队", "Waiting"), CellType.INTEGER),
    Column("came", ("到场", "Came"), CellType.INTEGER),
]


def lecture_columns(topics: Iterable[Topic]) -> list[Column]:
    """Those that are read."""
    return [
        *(NUMBER, TITLE, _topic(topics), SUMMARY, OUTLINE, DAY, STARTS, ENDS, VENUE),
        *(SPEAKERS, PARTNER, CAPACITY, OPENS, CLOSES, STATE),
    ]


def columns_to_read(today: date) -> list[Column]:
    return lecture_columns(Topic.objects.select_related("area"))


def _topic(topics: Iterable[Topic]) -> Column:
    read = reader_of_skills(topics)

    def clean(text: str) -> int:
        found = read(text)
        if len(found) != 1:
            raise Refused("one_topic", _("A lecture has one topic. Enter only one."))
        return found[0]

    return Column(
        "topic",
        ("专题", "Topic"),
        clean=clean,
        help=_("A topic of the residents' school, spelt as in its list of topics."),
    )
