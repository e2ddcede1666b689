from diedie_edu.portal.queries.desk import (
    attention,
    coming_rows,
    figures,
    quick_actions,
)
from diedie_edu.portal.queries.desk_school import school_figures
from diedie_edu.portal.queries.desk_surveys import survey_figures
from diedie_edu.portal.queries.my_page import been_to, duties_of, entries_ahead

__all__ = [
    "attention",
    "been_to",
    "coming_rows",
    "duties_of",
    "entries_ahead",
    "figures",
    "quick_actions",
    "school_figures",
    "survey_figures",
]
