"""The rows of the figures for the table of `access_table.py`, with what their addresses name."""

PAGES = """
figures:dashboard                              slobc 200 405
figures:programme                              sl b  200 405
figures:programme                                o c 404 405
figures:programme missing                      slobc 404 405
figures:sessions                               sl b  200 405
figures:sessions                                 o c 404 405
figures:sessions missing                       slobc 404 405
figures:sessions_export                        sl b  200 302
figures:sessions_export                          o c 404 404
figures:sessions_export missing                slobc 404 404
figures:all_sessions                           s  b  200 405
figures:all_sessions                            lo c 404 405
figures:all_sessions missing                   slobc 404 405
figures:export                                 slobc 200 405
figures:export missing                         slobc 404 405
"""


def figures_values(name: str) -> dict[str, object]:
    return {"key": "year-2026"}
