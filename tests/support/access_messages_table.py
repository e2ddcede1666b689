"""The rows of `access_table` about messages and the call list."""

PAGES = """
notices:inbox                               rugslob  200 405
notices:message                             rugslob  200 405
notices:message stranger                    rugslob  404 405
notices:message missing                     rugslob  404 405
notices:all_read                            rugslob  405 302
notices:phone_choices                          slob  200 200
notices:trouble                                s  b  200 405
receipts                                   vrugslob  405 404
wechat_callback                            vrugslob  404 404
wechat_verify                              vrugslob  404 405
notices:wechat                              rugslob  404 405
notices:wechat_code                         rugslob  405 404
notices:wechat_through                      rugslob  405 404
notices:wechat_back                         rugslob  404 405
notices:wechat_end                          rugslob  405 404
notices:trial                                  s  b  200 302
notices:templates                              s  b  200 405
notices:robots                                 s  b  200 405
notices:robot_new                              s  b  200 200
notices:robot                                  s  b  200 200
notices:robot missing                          s  b  404 404
notices:robot_on                               s  b  405 302
notices:robot_on missing                       s  b  405 404
notices:robot_off                              s  b  405 302
notices:robot_off missing                      s  b  405 404
notices:robot_try                              s  b  405 302
notices:robot_try missing                      s  b  405 404
notices:call_list                              slob  200 405
notices:calls_about                            sl b  200 405
notices:calls_about                              o   404 405
notices:calls_about missing                    slob  404 405
notices:reached                                sl b  405 302
notices:reached                                  o   405 404
notices:reached missing                        slob  405 404
notices:not_reached                            sl b  405 302
notices:not_reached                              o   405 404
notices:not_reached missing                    slob  405 404
notices:send_again                             s  b  405 302
notices:send_again missing                     s  b  405 404
notices:dealt_with                             s  b  405 302
notices:not_dealt_with                         s  b  405 302
notices:not_dealt_with missing                 s  b  405 404
"""
