"""The rows of Happy Square for the table of `access_table.py`."""

PAGES = """
happy_square:directory                     vrugslob  200 405
happy_square:application_new                rugslob  200 200
happy_square:application_paper                 s ob  200 200
happy_square:application_change             rugslob  404 404
happy_square:application_change missing     rugslob  404 404
happy_square:group                         vrugslob  200 405
happy_square:group missing                 vrugslob  404 405
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
"""
