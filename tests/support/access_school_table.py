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
after_school:bar_lift                       rugslob  200 200
after_school:pass_make                      rugslob  200 200
after_school:walk_home                      rugslob  200 200
after_school:leave                          rugslob  200 302
after_school:consent                        rugslob  200 302
after_school:consent_withdraw               rugslob  200 302
after_school:accept                         rugslob  405 302
after_school:accept stranger                rugslob  404 404
after_school:where                          rugslob  405 302
after_school:where stranger                 rugslob  404 404
after_school:arrival_switch                 rugslob  405 302
after_school:arrival_switch stranger        rugslob  404 404
after_school:message_write                  rugslob  405 302
after_school:message_write stranger         rugslob  404 404
after_school:absence_back                   rugslob  405 302
after_school:guardian_change                rugslob  405 200
after_school:guardian_uninvite              rugslob  405 302
after_school:guardian_uninvite stranger     rugslob  404 404
after_school:guardian_invitation            rugslob  200 302
after_school:guardian_invitation missing    rugslob  404 404
after_school:pass_back                      rugslob  405 302
after_school:walk_home_back                 rugslob  405 302
after_school:child stranger                 rugslob  404 404
after_school:absence stranger               rugslob  404 404
after_school:place stranger                 rugslob  404 404
after_school:guardians stranger             rugslob  404 404
after_school:collectors stranger            rugslob  404 404
after_school:collector_bar stranger         rugslob  404 404
after_school:bar_lift stranger              rugslob  404 404
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
after_school:break_back                        s  b  200 302
after_school:break_back missing                s  b  404 404
after_school:term_change                       s  b  200 200
after_school:term_change missing               s  b  404 404
after_school:term_delete                       s  b  200 302
after_school:term_delete missing               s  b  404 404
after_school:term_children                     s  b  200 405
after_school:term_children missing             s  b  404 405
after_school:term_opened                          b  200 200
after_school:term_opened missing                  b  404 404
after_school:staff_needs                       s  b  200 200
after_school:staff_needs missing               s  b  404 404
after_school:places                            s  b  405 200
after_school:places missing                    s  b  405 404
after_school:paper_enrolment                   s  b  200 200
after_school:paper_enrolment missing           s  b  404 404
after_school:session_call_off                  s  b  200 200
after_school:session_call_off missing          s  b  404 404
after_school:session_hold_again                s  b  200 302
after_school:session_hold_again missing        s  b  404 404
after_school:day_topic                         s  b  405 302
after_school:day_topic missing                 s  b  405 404
after_school:record                            s  b  200 405
after_school:record missing                    s  b  404 404
after_school:guardian_seen                     s  b  405 302
after_school:guardian_seen missing             s  b  404 404
after_school:to_be_confirmed                   s  b  200 405
after_school:custody_change                    s  b  200 200
after_school:custody_change missing            s  b  404 404
after_school:paper_withdrawal                  s  b  200 302
after_school:paper_withdrawal missing          s  b  404 404
after_school:for_family                        s  b  200 200
after_school:for_family missing                s  b  404 404
after_school:for_family_row                    s  b  200 200
after_school:for_family_row missing            s  b  404 404
after_school:which_child                       s  b  405 302
after_school:which_child missing               s  b  405 404
after_school:audit_pack                           b  200 200

after_school:today                            s  b   200 405
after_school:session                          s  b   200 405
after_school:session                        rug lo   404 404
after_school:session missing                rugslob  404 404
after_school:session_open                     s  b   405 302
after_school:session_open                   rug lo   404 404
after_school:session_open missing           rugslob  404 404
after_school:session_child                    s  b   200 405
after_school:session_child                  rug lo   404 404
after_school:session_child missing          rugslob  404 404
after_school:let_in                           s  b   405 302
after_school:let_in                         rug lo   404 404
after_school:let_in missing                 rugslob  404 404
after_school:zone_change                      s  b   405 302
after_school:zone_change                    rug lo   404 404
after_school:zone_change missing            rugslob  404 404
after_school:note_write                       s  b   405 200
after_school:note_write                     rug lo   404 404
after_school:note_write missing             rugslob  404 404
after_school:message_seen                     s  b   405 302
after_school:message_seen missing             s  b   404 404
after_school:where_noted                      s  b   405 200
after_school:where_noted missing              s  b   404 404
after_school:where_by_link                 vrugslob  200 302
after_school:where_by_link missing         vrugslob  404 404
after_school:session_close                    s  b   200 200
after_school:session_close missing            s  b   404 404
after_school:session_reopen                   s  b   200 200
after_school:session_reopen missing           s  b   404 404
after_school:session_explain                  s  b   200 200
after_school:session_explain missing          s  b   404 404
after_school:still_here                       s  b   200 405
after_school:still_here missing               s  b   404 404
after_school:session_sheet                    s  b   200 405
after_school:session_sheet missing            s  b   404 404
after_school:session_opened                      b   200 200
after_school:session_opened missing              b   404 404
after_school:hand_over                        s  b   405 200
after_school:hand_over missing                s  b   404 404
after_school:undo                             s  b   405 404
after_school:undo missing                     s  b   404 404
after_school:refusal_note                     s  b   405 302
after_school:refusal_note missing             s  b   404 404
after_school:correct                          s  b   200 200
after_school:correct missing                  s  b   404 404
after_school:call_note                        s  b   405 302
after_school:call_note missing                s  b   404 404

after_school:roster                           s  b   200 405
after_school:slot                             s  b   200 404
after_school:slot missing                     s  b   404 404
after_school:duty_signing                     s  b   200 404
after_school:duty_signing missing             s  b   404 404
after_school:clearances                       s  b   200 405
after_school:duties                          u       200 405
after_school:slot_take                       u       405 302
after_school:slot_take missing               u       405 404
after_school:slot_give_back                  u       200 302
after_school:slot_give_back missing          u       404 404
after_school:swap_offer                       u       200 404
after_school:swap_offer missing               u       404 404
after_school:swap_answer                   vrugslob  200 200
after_school:swap_answer missing           vrugslob  404 404
after_school:stand_in                      vrugslob  200 302
after_school:stand_in missing              vrugslob  404 404
after_school:on_duty                         u       200 302
after_school:on_duty missing                 u       404 404
"""
