"""The rows of the figures for the table of `access_table.py`, with what their addresses name."""

PAGES = """
figures:dashboard                              slob  200 405
figures:programme                              sl b  200 405
figures:programme                                o   404 405
figures:programme missing                      slob  404 405
figures:sessions                               sl b  200 405
figures:sessions                                 o   404 405
figures:sessions missing                       slob  404 405
figures:all_sessions                           s  b  200 405
figures:all_sessions                            lo   404 405
figures:all_sessions missing                   slob  404 405
figures:export                                 slob  200 405
figures:export missing                         slob  404 405
"""


def figures_values(name: str) -> dict[str, object]:
    return {"key": "year-2026"}
