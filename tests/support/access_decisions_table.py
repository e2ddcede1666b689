"""The rows of requests and decisions for the table of `access_table.py`.

The request is about a child of the 4:30 school; the lead of another programme finds nothing.
"""

PAGES = """
decisions:waiting                              slob  200 405
decisions:one                                  s  b  200 405
decisions:one                                   lo   404 405
decisions:one missing                          slob  404 405
decisions:decide                               s  b  405 200
decisions:decide                                lo   405 404
decisions:decide missing                       slob  405 404
decisions:batch                                slob  405 302
decisions:deputies                             slob  200 200
decisions:deputy_end                           slob  405 404
decisions:mine                              rugslob  200 405
decisions:own                               rugslob  200 405
decisions:own stranger                      rugslob  404 405
decisions:own missing                       rugslob  404 405
decisions:withdraw                          rugslob  200 302
decisions:withdraw stranger                 rugslob  404 404
decisions:withdraw missing                  rugslob  404 404
"""
