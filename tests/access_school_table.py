"""The rows of the 4:30 school for the table of `access_table.py`, which says how to read them.

Another guardian's child (`stranger`) answers 404 on every address.
"""

PAGES = """
after_school:school                        vrugslob  200 405
after_school:rules                         vrugslob  200 405
after_school:rules_poster                  vrugslob  200 405
after_school:rules_confirm                  rugslob  405 302
after_school:enrol                          rugslob  200 200
after_school:enrol missing                  rugslob  404 404
after_school:enrol_refused                 vrugslob  200 405
after_school:enrol_refused missing         vrugslob  404 405
after_school:children                       rugslob  302 405
after_school:child                          rugslob  200 405
after_school:absence                        rugslob  200 200
after_school:place                          rugslob  200 200
after_school:guardians                      rugslob  200 200
after_school:collectors                     rugslob  200 200
after_school:collector_bar                  rugslob  200 200
after_school:pass_make                      rugslob  200 200
after_school:walk_home                      rugslob  200 200
after_school:leave                          rugslob  200 302
after_school:consent                        rugslob  200 302
after_school:consent_withdraw               rugslob  200 302
after_school:accept                         rugslob  405 302
after_school:accept stranger                rugslob  404 404
after_school:absence_back                   rugslob  405 302
after_school:guardian_change                rugslob  405 302
after_school:pass_back                      rugslob  405 302
after_school:walk_home_back                 rugslob  405 302
after_school:child stranger                 rugslob  404 404
after_school:absence stranger               rugslob  404 404
after_school:place stranger                 rugslob  404 404
after_school:guardians stranger             rugslob  404 404
after_school:collectors stranger            rugslob  404 404
after_school:collector_bar stranger         rugslob  404 404
after_school:pass_make stranger             rugslob  404 404
after_school:walk_home stranger             rugslob  404 404
after_school:leave stranger                 rugslob  404 404
after_school:consent stranger               rugslob  404 404
after_school:consent_withdraw stranger      rugslob  404 404
after_school:absence_back stranger          rugslob  404 404
after_school:guardian_change stranger       rugslob  404 404
after_school:pass_back stranger             rugslob  404 404
after_school:walk_home_back stranger        rugslob  404 404
after_school:term_list                         s  b  200 405
after_school:term_create                       s  b  200 200
after_school:term                              s  b  200 405
after_school:term missing                      s  b  404 405
after_school:term_announce                     s  b  405 302
after_school:term_announce missing             s  b  405 404
after_school:makeup_day                        s  b  405 302
after_school:makeup_day missing                s  b  405 404
after_school:break_add                         s  b  405 302
after_school:break_add missing                 s  b  405 404
after_school:term_children                     s  b  200 405
after_school:term_children missing             s  b  404 405
after_school:paper_enrolment                   s  b  200 200
after_school:paper_enrolment missing           s  b  404 404
after_school:session_call_off                  s  b  200 200
after_school:session_call_off missing          s  b  404 404
after_school:day_topic                         s  b  405 302
after_school:day_topic missing                 s  b  405 404
after_school:record                            s  b  200 405
after_school:record missing                    s  b  404 404
after_school:paper_withdrawal                  s  b  200 302
after_school:paper_withdrawal missing          s  b  404 404
after_school:audit_pack                           b  200 200
"""
