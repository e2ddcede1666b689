from diedie_edu.portal.queries.desk import (
    attention,
    coming_rows,
    figures,
    quick_actions,
)
from diedie_edu.portal.queries.desk_school import school_figures
from diedie_edu.portal.queries.desk_surveys import survey_figures
from diedie_edu.portal.queries.my_page import duties_of, entries_of

__all__ = [
    "attention",
    "coming_rows",
    "duties_of",
    "entries_of",
    "figures",
    "quick_actions",
    "school_figures",
    "survey_figures",
]
