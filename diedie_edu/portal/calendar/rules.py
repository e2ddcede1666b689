"""How far the pages of the calendar reach."""

from datetime import date

YEARS_BACK, YEARS_AHEAD = 2, 2


def is_within_reach(day: date, today: date) -> bool:
    """House rule: pages end somewhere, so that no search engine follows them to the year 9999."""
    return today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD
