"""The rows of the education base for the table of `access_table.py`, a text for each part."""

DESK = """
edu_base:desk                                  s  b  200 405
"""
APPLYING = """
edu_base:landing                              vrugslob  200 405
edu_base:self_check                           vrugslob  200 200
edu_base:start                                 rugslob  200 200
edu_base:start_for_ward                        rugslob  200 200
edu_base:start_from_paper                      s  b  200 200
edu_base:agree                                vrugslob  404 404
edu_base:own_application                       rugslob  404 405
edu_base:own_change                            rugslob  404 404
edu_base:own_copy                              rugslob  404 405
edu_base:document_add                          rugslob  404 404
edu_base:document_remove                       rugslob  405 404
edu_base:submit                                rugslob  405 404
edu_base:withdraw                              rugslob  404 404
edu_base:guardian                              rugslob  404 404
edu_base:stop                                  s  b  200 200
edu_base:stop missing                          s  b  404 404
"""
REVIEW = """
edu_base:applications                          s  b  200 405
edu_base:together                              s  b  405 404
edu_base:application                           s  b  200 405
edu_base:application missing                   s  b  404 405
edu_base:decide                                s  b  405 404
edu_base:household                             s  b  200 200
edu_base:household missing                     s  b  404 404
edu_base:exception                             s  b  200 200
edu_base:interview                             s  b  200 200
edu_base:number                                   b  200 200
edu_base:marks_back                               b  405 404
edu_base:classes                               s  b  200 405
edu_base:ranking                               s  b  200 405
edu_base:ranking missing                       s  b  404 405
edu_base:rank                                  s  b  405 302
edu_base:criteria                                 b  200 200
edu_base:criterion_remove                         b  405 404
edu_base:reviewers                                b  200 200
edu_base:reviewer_end                             b  405 404
edu_base:reviewing                             slob  200 405
edu_base:ties                                  slob  404 404
edu_base:case                                  slob  404 404
"""
PLACES = """
edu_base:announcements                        vrugslob  200 405
edu_base:announcement                         vrugslob  200 405
edu_base:announcement missing                 vrugslob  404 405
edu_base:object                               vrugslob  200 200
edu_base:object missing                       vrugslob  404 404
edu_base:objection_outcome                    vrugslob  200 405
edu_base:objection_outcome missing            vrugslob  404 405
edu_base:offer                                vrugslob  200 404
edu_base:offer missing                        vrugslob  404 404
edu_base:places                                s  b  200 405
edu_base:places missing                        s  b  404 405
edu_base:propose                               s  b  200 200
edu_base:propose missing                       s  b  404 404
edu_base:announce                              s  b  200 200
edu_base:announce missing                      s  b  404 404
edu_base:resolve                               s  b  200 200
edu_base:resolve missing                       s  b  404 404
edu_base:report                                s  b  200 200
edu_base:report missing                        s  b  404 404
edu_base:offer_next                            s  b  405 302
edu_base:offer_next missing                    s  b  405 404
edu_base:close_reserve                         s  b  200 200
edu_base:close_reserve missing                 s  b  404 404
edu_base:objection_enter                       s  b  200 200
edu_base:objection_enter missing               s  b  404 404
edu_base:place_one                             s  b  405 404
edu_base:take_back                             s  b  200 200
edu_base:take_back missing                     s  b  404 404
edu_base:objection_list                        s  b  200 405
edu_base:objection                             s  b  200 200
edu_base:objection missing                     s  b  404 404
"""
MOBILISING = """
edu_base:mobilising                            s  b  200 200
edu_base:ask_again                             s  b  405 404
edu_base:contact_list                          s  b  200 405
edu_base:contact_list                         rug lo  404 405
edu_base:contact_list missing                 rugslob  404 405
edu_base:note_visit                            s  b  405 404
edu_base:note_visit                           rug lo  405 404
edu_base:visit_back                            s  b  405 404
edu_base:visit_back                           rug lo  405 404
edu_base:leave_phone                         vrugslob  200 200
edu_base:funnel                                s  b  200 405
edu_base:study_question                      vrugslob  200 200
edu_base:students_asked                        s  b  200 405
edu_base:note_answer                           s  b  302 302
edu_base:note_answer missing                   s  b  404 404
"""
DREAM = """
edu_base:nominating                        vrugslob  200 404
edu_base:nominating missing                vrugslob  404 404
edu_base:nominated                         vrugslob  200 200
edu_base:nominated missing                 vrugslob  404 404
edu_base:enterprises                           s  b  200 200
edu_base:enterprise_new                        s  b  200 200
edu_base:enterprise                            s  b  200 200
edu_base:enterprise missing                    s  b  404 404
edu_base:enterprise_change                     s  b  200 200
edu_base:enterprise_change missing             s  b  404 404
edu_base:nominating_send                       s  b  405 302
edu_base:nominating_send missing               s  b  405 404
edu_base:nominate                              s  b  200 200
edu_base:nominate missing                      s  b  404 404
edu_base:nomination_end                        s  b  405 302
edu_base:nomination_end missing                s  b  405 404
"""
GRANTS = """
edu_base:fund_list                             s  b  200 405
edu_base:fund_create                           s  b  200 200
edu_base:fund                                  s  b  200 405
edu_base:fund missing                          s  b  404 405
edu_base:fund_change                           s  b  200 200
edu_base:fund_change missing                   s  b  404 404
edu_base:award_add                             s  b  200 200
edu_base:award_add missing                     s  b  404 404
edu_base:grant_record                          s  b  405 302
edu_base:grant_record missing                  s  b  405 404
edu_base:grant_sheet                           s  b  200 405
edu_base:grant_sheet missing                   s  b  404 405
edu_base:award                                 s  b  200 200
edu_base:award missing                         s  b  404 404
edu_base:award_take_back                       s  b  405 302
edu_base:award_take_back missing               s  b  405 404
"""
CAMPAIGN = """
edu_base:event_list                        vrugslob  200 405
edu_base:event                             vrugslob  200 405
edu_base:event missing                     vrugslob  404 405
edu_base:event_poster                      vrugslob  200 405
edu_base:event_poster missing              vrugslob  404 405
edu_base:offer_interest                     rugslob  405 302
edu_base:offer_interest missing             rugslob  405 404
edu_base:offer_answer                      vrugslob  200 302
edu_base:campaign                              s  b  200 405
edu_base:campaign_of                           s  b  200 405
edu_base:campaign_copy                         s  b  200 302
edu_base:milestone_add                         s  b  200 200
edu_base:milestone                             s  b  200 200
edu_base:milestone missing                     s  b  404 404
edu_base:milestone_tick                        s  b  405 302
edu_base:milestone_tick missing                s  b  405 404
edu_base:milestone_remove missing              s  b  405 404
edu_base:event_create                          s  b  200 200
edu_base:event_prepare                         s  b  200 405
edu_base:event_prepare missing                 s  b  404 405
edu_base:event_change                          s  b  200 200
edu_base:event_change missing                  s  b  404 404
edu_base:event_announce                        s  b  405 302
edu_base:event_announce missing                s  b  405 404
edu_base:event_call_off                        s  b  200 200
edu_base:event_call_off missing                s  b  404 404
edu_base:event_helper_add                      s  b  200 200
edu_base:event_helper_add missing              s  b  404 404
edu_base:event_helper_release                  s  b  405 404
edu_base:offer_add                             s  b  405 302
edu_base:offer_add missing                     s  b  405 404
edu_base:offer_remove                          s  b  405 404
edu_base:interest_add                          s  b  405 302
edu_base:interest_add missing                  s  b  405 404
edu_base:interest_answer                       s  b  405 404
"""
LISTS = """
edu_base:whole_lists                              b  200 200
"""
PAGES = DESK + APPLYING + REVIEW + PLACES + MOBILISING + DREAM + GRANTS + CAMPAIGN + LISTS
