"""The rows of `access_table` about the programme office."""

PAGES = """
office:desk                                    slobc 200 405
office:rulebooks                                slobc 200 405
office:rulebook_version                        s b   200 405
office:rulebook_version                         lo c 404 405
office:rulebook_version missing                slobc 404 405
office:rulebook_write                          s ob  405 302
office:rulebook_write                           l    405 404
office:rulebook_write missing                  slob  405 404
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
office:spending_list                           slob  200 405
office:spending                                s ob  200 405
office:spending                                 l    404 405
office:spending missing                        slob  404 405
office:spending_line                           s ob  200 405
office:spending_line                            l    404 405
office:spending_line missing                   slob  404 405
office:expense                                 s ob  200 405
office:expense                                  l    404 405
office:expense missing                         slob  404 405
office:promise                                 s ob  200 405
office:promise                                  l    404 405
office:promise missing                         slob  404 405
office:expense_add                             s ob  200 200
office:expense_add                              l    404 404
office:expense_add missing                     slob  404 404
office:promise_add                             s ob  200 200
office:promise_add                              l    404 404
office:promise_add missing                     slob  404 404
office:expense_take_back                       s ob  405 302
office:expense_take_back                        l    405 404
office:expense_take_back missing               slob  405 404
office:expense_explain                         s ob  405 302
office:expense_explain                          l    405 404
office:expense_explain missing                 slob  405 404
office:expense_scan                            s ob  405 302
office:expense_scan                             l    405 404
office:expense_scan missing                    slob  405 404
office:promise_free                            s ob  405 302
office:promise_free                             l    405 404
office:promise_free missing                    slob  405 404
office:year_close                                 b  405 302
office:year_close missing                         b  405 404
office:year_reopen                                b  405 302
office:year_reopen missing                        b  405 404
office:budget                                  s ob  200 200
office:budget                                   l    404 404
office:budget missing                          slob  404 404
office:budget_copy                             s ob  405 302
office:budget_copy                              l    405 404
office:budget_copy missing                     slob  405 404
office:budget_upload                           s ob  200 200
office:budget_upload                            l    404 404
office:budget_upload missing                   slob  404 404
office:budget_reallocate                       s ob  200 200
office:budget_reallocate                        l    404 404
office:budget_reallocate missing               slob  404 404
office:budget_paper                            s obc 200 405
office:budget_paper                             l    404 405
office:budget_paper missing                    slobc 404 405
office:budget_workbook                         s obc 200 405
office:budget_workbook                          l    404 405
office:budget_workbook missing                 slobc 404 405
"""
