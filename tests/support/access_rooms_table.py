"""The rows of rooms for the table of `access_table.py`.

The request is of the residents' school; the lead of another programme finds nothing.
"""

PAGES = """
venues:year                                    s     200 302
venues:claim                                   slob  200 200
venues:held                                vrugslob  200 302
venues:held missing                        vrugslob  404 404
venues:there                               vrugslob  200 302
venues:there missing                       vrugslob  404 404
venues:empty_rooms                             slob  200 405
venues:empty_room                              sl b  200 302
venues:empty_room                                o   404 404
venues:empty_room missing                      slob  404 404
venues:request_list                            slob  200 405
venues:request_list                         rug      404 405
venues:request_create                          slob  200 200
venues:request_create                       rug      404 404
venues:request                                 sl b  200 405
venues:request                              rug  o   404 405
venues:request missing                      rugslob  404 405
venues:request_change                          sl b  200 200
venues:request_change                       rug  o   404 404
venues:request_change missing               rugslob  404 404
venues:request_shift                           sl b  405 200
venues:request_shift                        rug  o   405 404
venues:request_shift missing                rugslob  405 404
venues:date_skip                               sl b  405 302
venues:date_skip                            rug  o   405 404
venues:date_skip missing                    rugslob  405 404
venues:date_put_back                           sl b  405 302
venues:date_put_back                        rug  o   405 404
venues:date_put_back missing                rugslob  405 404
venues:give_back                               sl b  200 302
venues:give_back                            rug  o   404 404
venues:give_back missing                    rugslob  404 404
"""
