"""Figures as a spreadsheet: a row for each, with its definition; numbers are numbers."""

from diedie_edu.common.days import local_day
from diedie_edu.common.spreadsheets.columns import CellType, Column

NUMBER = CellType.AMOUNT  # also whole numbers


COLUMNS = [
    Column("programme", "项目 | Programme", value=lambda row: row.whose),
    Column("title", "指标 | Figure", value=lambda row: str(row.indicator.title)),
    Column("number", "数值 | Number", NUMBER, value=lambda row: row.value.number),
    Column("whole", "总数 | Of", NUMBER, value=lambda row: row.value.whole),
    Column("target", "目标 | Target", NUMBER, value=lambda row: row.target),
    Column("unit", "单位 | Unit", value=lambda row: str(row.indicator.unit)),
    Column("before", "去年同期 | A year before", NUMBER, value=lambda row: row.before.number),
    Column("first_day", "从 | From", CellType.DATE, value=lambda row: row.span.first_day),
    Column("last_day", "到 | Until", CellType.DATE, value=lambda row: row.span.last_day),
    Column("definition", "说明 | Definition", value=lambda row: str(row.indicator.definition)),
]

SESSION_COLUMNS = [
    Column("day", "日期 | Day", CellType.DATE, value=lambda row: local_day(row.starts_at)),
    Column("title", "活动 | Session", value=lambda row: row.activity.title),
    Column("topic", "专题 | Topic"),
    Column("programme", "项目 | Programme", value=lambda row: str(row.activity.programme)),
    Column("venue", "场地 | Venue", value=lambda row: str(row.venue)),
    Column("seats", "座位 | Seats", CellType.INTEGER, value=lambda row: row.activity.capacity),
    Column("taken", "已报名 | Seats taken", CellType.INTEGER, value=lambda row: row.activity.taken),
    Column("came", "到场 | Came", CellType.INTEGER),
    Column("answers", "听后感 | Answers", CellType.INTEGER),
]
