"""The rows of `access_table` about the programme office."""

PAGES = """
office:desk                                    slobc 200 405
office:contact_list                            slobc 200 405
office:contact                                 s obc 200 405
office:contact                                  l    404 405
office:contact missing                         slobc 404 405
office:contact_new                             s ob  200 200
office:contact_new                              l    404 404
office:contact_new missing                     slob  404 404
office:contact_change                          s ob  200 200
office:contact_change                           l    404 404
office:contact_change missing                  slob  404 404
office:follow_up_new                           s ob  200 200
office:follow_up_new                            l    404 404
office:follow_up_new missing                   slob  404 404
office:follow_up_change                        s ob  200 200
office:follow_up_change                         l    404 404
office:follow_up_change missing                slob  404 404
office:follow_up_tick                          s ob  405 302
office:follow_up_tick                           l    405 404
office:follow_up_tick missing                  slob  405 404
office:follow_up_remove                        s ob  405 302
office:follow_up_remove                         l    405 404
office:follow_up_remove missing                slob  405 404
"""
