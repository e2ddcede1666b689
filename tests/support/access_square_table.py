"""The rows of Happy Square for the table of `access_table.py`."""

PAGES = """
happy_square:directory                     vrugslob  200 405
happy_square:application_new                rugslob  200 200
happy_square:application_paper                 s ob  200 200
happy_square:application_change             rugslob  404 404
happy_square:application_change missing     rugslob  404 404
happy_square:group                         vrugslob  200 405
happy_square:group missing                 vrugslob  404 405
happy_square:children                     rugslob  404 404
happy_square:children_paper                s ob  404 404
happy_square:children_withdraw            rugslob  405 404
happy_square:find                         vrugslob  200 405
happy_square:poster                       vrugslob  200 405
happy_square:details                       s ob  200 200
happy_square:details                      rug l   404 404
happy_square:filing                        s ob  200 200
happy_square:filing                       rug l   404 404
happy_square:pictures                      s ob  200 200
happy_square:pictures                     rug l   404 404
happy_square:picture_permit                s ob  405 404
happy_square:picture_permit               rug l   405 404
happy_square:picture_remove                s ob  405 404
happy_square:picture_remove               rug l   405 404
happy_square:leading                       s ob  200 200
happy_square:leading                      rug l   404 404
happy_square:leading_end                   s ob  405 302
happy_square:leading_end                  rug l   405 404
happy_square:leading_phone                 s ob  405 302
happy_square:leading_phone                rug l   405 404
happy_square:hand_over_offer               s ob  405 404
happy_square:hand_over_offer              rug l   405 404
happy_square:hand_over_back                s ob  405 302
happy_square:hand_over_back               rug l   405 404
happy_square:hand_over                    rugslob  404 404
happy_square:standing                      s ob  200 405
happy_square:standing                     rug l   404 405
happy_square:standing_change               s ob  200 302
happy_square:standing_change              rug l   404 404
happy_square:answer                       rugslob  404 404
happy_square:run                           s ob  200 405
happy_square:run                          rug l   404 405
happy_square:count_sheet                   s ob  200 405
happy_square:count_sheet                  rug l   404 405
happy_square:announce                      s ob  405 302
happy_square:announce                     rug l   405 404
happy_square:repeat                        s ob  405 302
happy_square:repeat                       rug l   405 404
happy_square:take_free                     s ob  405 404
happy_square:take_free                    rug l   405 404
happy_square:end_time                      s ob  405 302
happy_square:end_time                     rug l   405 404
happy_square:confirm_date                  s ob  405 302
happy_square:confirm_date                 rug l   405 404
happy_square:hold_date_again               s ob  405 302
happy_square:hold_date_again              rug l   405 404
happy_square:times                         s ob  200 200
happy_square:times                        rug l   404 404
happy_square:add_date                      s ob  200 200
happy_square:add_date                     rug l   404 404
happy_square:move_date                     s ob  200 200
happy_square:move_date                    rug l   404 404
happy_square:call_off_date                 s ob  200 200
happy_square:call_off_date                rug l   404 404
happy_square:note                          s ob  200 200
happy_square:note                         rug l   404 404
happy_square:count                         s ob  200 200
happy_square:count                        rug l   404 404
happy_square:week                         vrugslob  200 405
happy_square:membership                   vrugslob  200 302
happy_square:join                          rugslob  302 302
happy_square:leave                         rugslob  302 302
happy_square:accept                        rugslob  302 302
happy_square:try_once                      rugslob  302 404
happy_square:wishes                        rugslob  404 404
happy_square:entries                           s ob  200 405
happy_square:complete_entry                    s ob  405 404
happy_square:drop_entry                        s ob  405 404
happy_square:members                       s ob  200 200
happy_square:members                      rug l   404 404
happy_square:answer_request                s ob  405 404
happy_square:answer_request               rug l   405 404
happy_square:remove_member                 s ob  405 404
happy_square:remove_member                rug l   405 404
happy_square:take_back_entry               s ob  405 404
happy_square:take_back_entry              rug l   405 404
happy_square:member_since                  s ob  200 200
happy_square:member_since                 rug l   404 404
happy_square:group_findings                s ob  200 404
happy_square:group_findings               rug l   404 404
happy_square:guidance                      s ob  200 405
happy_square:visit                         s ob  200 200
happy_square:visit missing                 s ob  404 404
happy_square:group_guidance                s ob  200 405
happy_square:group_guidance missing        s ob  404 405
happy_square:finding                       s ob  200 200
happy_square:finding missing               s ob  404 404
happy_square:support_add                   s ob  200 200
happy_square:support_add missing           s ob  404 404
happy_square:support_change                s ob  200 200
happy_square:support_change missing        s ob  404 404
happy_square:support_take_out              s ob  405 302
happy_square:support_take_out missing      s ob  405 404
happy_square:complain                      vrugslob  200 200
happy_square:complaint_outcome             vrugslob  200 405
happy_square:complaint_outcome missing     vrugslob  404 405
happy_square:complaint_list                s ob  200 405
happy_square:complaint                     s ob  200 200
happy_square:complaint missing             s ob  404 404
happy_square:growth                        s ob  200 405
happy_square:growth_start                  s ob  200 200
happy_square:public_growth                 vrugslob  200 405
happy_square:public_growth_of              vrugslob  200 405
happy_square:public_growth_of missing      vrugslob  404 405
happy_square:newcomer                      s ob  405 302
happy_square:newcomer                     rug l   405 404
"""
