"""Lists in and out of the spreadsheets that Chinese offices really use."""

from diedie_edu.common.spreadsheets.columns import Column, Kind, listed
from diedie_edu.common.spreadsheets.faults import Fault, Faults
from diedie_edu.common.spreadsheets.reader import MAX_ROWS, read_table
from diedie_edu.common.spreadsheets.table import Row, Table
from diedie_edu.common.spreadsheets.template import write_template
from diedie_edu.common.spreadsheets.writer import safe_file_name, write_csv, write_xlsx

__all__ = [
    "MAX_ROWS",
    "Column",
    "Fault",
    "Faults",
    "Kind",
    "Row",
    "Table",
    "listed",
    "read_table",
    "safe_file_name",
    "write_csv",
    "write_template",
    "write_xlsx",
]
