"""What is grown where, in and out."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from tests.fifth_programme.models import Gardening

SLUG = "community-garden"
COLUMNS = [
    Column("number", "编号 | No.", CellType.INTEGER, required=True, value=lambda row: row.pk),
    Column("crop", "作物 | Crop", required=True, example="白菜"),
]


class CropsPlan(RowByRow):
    def prepare(self) -> None:
        numbers = [row.values["number"] for row in self.table.rows]
        self.known = Gardening.objects.in_bulk(numbers)

    def entry(self, row: Row) -> Entry:
        if row.values["number"] not in self.known:
            raise Refused("unknown", "No such course.", "number")
        same = self.known[row.values["number"]].crop == row.values["crop"]
        return Entry(row, is_new=False, changes=[] if same else ["crop"])

    def shown(self, entry: Entry) -> tuple[str, str]:
        return self.known[entry.row.values["number"]].title, entry.row.values["crop"]

    def carry_out(self, entry: Entry, by: User, now: datetime) -> None:
        values = entry.row.values
        Gardening.objects.filter(pk=values["number"]).update(crop=values["crop"])


CROPS_LIST = ListKind(
    slug="crops",
    title="Crops",
    permission=Permission.PLAN_ACTIVITIES,
    programme=SLUG,
    columns=lambda _today: COLUMNS,
    rows=lambda _user, _today: Gardening.objects.order_by("pk"),
    plan=CropsPlan,
    headings=("Course", "Crop"),
    seen_at="fifth_programme:garden",
    names_people=False,
)
