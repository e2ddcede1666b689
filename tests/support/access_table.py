"""The table of `test_access.py`: every address, with whom it lets in and what they get.

`access_rows` reads it.
"""

from diedie_edu.accounts.permissions import Role

# One letter for each who knocks; v is a visitor. The committee's reader (c) gets what residents (r)
# get, but for `OF_RESIDENTS`; more only where a line names c.
WHO = {
    "r": (Role.RESIDENT, ""),
    "u": (Role.VOLUNTEER, ""),
    "g": (Role.GROUP_LEADER, ""),
    "s": (Role.STAFF, ""),
    "l": (Role.PROGRAMME_LEAD, "residents-school"),
    "o": (Role.PROGRAMME_LEAD, "happy-square"),
    "b": (Role.BRANCH_LEAD, ""),
    "c": (Role.COMMITTEE_READER, "happy-square"),
}
OF_RESIDENTS = {
    f"{app}:{page}"
    for app, pages in {
        "activities": ("accept cancel sign_up sign_up_series "),
        "after_school": (
            "absence absence_back accept arrival_switch bar_lift child children collector_bar "
            "collectors consent consent_withdraw enrol guardian_change guardian_invitation "
            "guardian_uninvite guardians leave message_write pass_back pass_make place "
            "rules_confirm walk_home walk_home_back where "
        ),
        "door": ("tickets "),
        "edu_base": (
            "document_add document_remove guardian own_application own_change own_copy start "
            "start_for_ward submit withdraw "
        ),
        "happy_square": ("accept children children_withdraw join leave try_once wishes "),
        "residents_school": ("wish wish_back "),
    }.items()
    for page in pages.split()
}
DESK = "slob"  # whoever may open the admin site

# Address (and which object, where it matters) · for whom · what they get by GET and by POST.
# Everybody else is led to sign in, or gets 403 once signed in.
PAGES = """
portal:home                                vrugslob  200 405
portal:my_page                              rugslob  200 405
portal:desk                                    slob  200 405
portal:programme                           vrugslob  200 405
portal:programme missing                   vrugslob  404 405
portal:activity                            vrugslob  302 405
portal:activity draft                      vrugslob  404 405
portal:activity dropped                    vrugslob  404 405
portal:activity missing                    vrugslob  404 405
portal:style                                   slob  200 405
portal:view_mode                           vrugslob  405 302
portal:calendar_month                      vrugslob  200 405
portal:month_of                            vrugslob  200 405
portal:month_of missing                    vrugslob  404 405
portal:calendar_week                       vrugslob  200 405
portal:week_of                             vrugslob  200 405
portal:week_of missing                     vrugslob  404 405
portal:poster                              vrugslob  200 405
portal:poster_of                           vrugslob  200 405
portal:poster_of missing                   vrugslob  404 405
portal:rooms_day                           vrugslob  200 405
portal:rooms_week                          vrugslob  200 405
portal:room_week                           vrugslob  200 405
portal:room_week missing                   vrugslob  404 405
portal:rooms_wall                          vrugslob  200 405
portal:programme_feed                      vrugslob  200 405
portal:programme_feed missing              vrugslob  404 405
portal:activity_calendar                   vrugslob  200 405
portal:activity_calendar draft             vrugslob  404 405
portal:activity_calendar dropped           vrugslob  404 405
portal:activity_calendar missing           vrugslob  404 405
portal:own_feed                            vrugslob  200 405
portal:own_feed missing                    vrugslob  404 405
portal:my_feed                              rugslob  200 405
portal:my_feed_renew                        rugslob  405 200
portal:learning                             rugslob  200 200
portal:learning_export                      rugslob  200 405
portal:certificate                          rugslob  404 405
portal:check                               vrugslob  200 200
portal:certificate_check                   vrugslob  200 405
portal:certificate_check missing           vrugslob  404 405
portal:certificates                            s     200 405
portal:certificate_revoke                      s     200 200
portal:certificate_revoke missing              s     404 404
portal:my_feed_revoke                       rugslob  405 302
portal:family                               rugslob  200 405
portal:family_add                           rugslob  200 200
portal:family_code                          rugslob  302 302
portal:family_leave                         rugslob  404 404
portal:my_hours                             rugslob  200 200
portal:people                                  s     200 200
portal:people_new                              s     200 200
portal:person                                  s     200 405
portal:person missing                          s     404 405
portal:person_family                           s     200 200
portal:person_family missing                   s     404 404
portal:person_show_phone                       s     405 200
portal:person_show_phone missing               s     405 404
portal:person_doubles                          s     200 405
portal:person_merge                            s     200 200
portal:person_merge missing                    s     404 404
portal:person_merge_with                       s     200 200
portal:person_two_people                       s     405 302
portal:person_gone                             s     200 200
portal:person_gone missing                     s     404 404
portal:person_back                             s     200 200
portal:person_split                            s     200 200
portal:person_split missing                    s     404 404
portal:person_undo missing                     s     404 404
portal:public_hours                        vrugslob  200 405

accounts:sign_in                           v         200 200
accounts:sign_in                            rugslob  302 302
accounts:sign_in_code                      vrugslob  200 200
accounts:enter_code                        vrugslob  302 302
accounts:send_again                        vrugslob  405 302
accounts:reset                             vrugslob  200 200
accounts:new_password                      vrugslob  302 302
accounts:sign_out                          vrugslob  405 302
accounts:register                          vrugslob  200 200
accounts:finish_registration               vrugslob  302 302
accounts:profile                            rugslob  200 200
accounts:password_change                    rugslob  302 302
accounts:privacy                           vrugslob  200 200

activities:sign_up                          rugslob  302 302
activities:sign_up draft                    rugslob  302 404
activities:sign_up dropped                  rugslob  302 404
activities:sign_up missing                  rugslob  302 404
activities:sign_up stranger                 rugslob  302 404
activities:cancel                           rugslob  302 302
activities:cancel draft                     rugslob  302 404
activities:cancel dropped                   rugslob  302 404
activities:cancel missing                   rugslob  302 404
activities:cancel stranger                  rugslob  302 404
activities:accept                           rugslob  302 302
activities:accept dropped                   rugslob  302 404
activities:accept stranger                  rugslob  302 404
activities:accept draft                     rugslob  302 404
activities:accept missing                   rugslob  302 404
activities:people                              sl b  200 405
activities:people                                o   404 405
activities:find_person                         sl b  405 200
activities:find_person                           o   405 404
activities:sign_somebody_up                    sl b  405 404
activities:sign_somebody_up                      o   405 404
activities:place                           vrugslob  200 302
activities:place dropped                   vrugslob  404 404
activities:place missing                   vrugslob  404 404

activities:day_to_change                       s     200 405
activities:close_room                          s     200 200
activities:change_day                          s     200 200
activities:change_day missing                  s     404 404

door:door                                sl b  200 405
door:door                                  o   404 405
door:door missing                        slob  404 405
door:door draft                          slob  404 405
door:door dropped                        slob  404 405
door:find                                sl b  405 200
door:find                                  o   405 404
door:find missing                        slob  405 404
door:arrived                             sl b  405 302
door:arrived                               o   405 404
door:arrived missing                     slob  405 404
door:undo                                sl b  405 302
door:undo                                  o   405 404
door:undo missing                        slob  405 404
door:walk_in                             sl b  405 302
door:walk_in                               o   405 404
door:walk_in missing                     slob  405 404
door:newcomer                            sl b  405 200
door:newcomer                              o   405 404
door:newcomer missing                    slob  405 404
door:sheet                               sl b  200 200
door:sheet                                 o   404 404
door:sheet missing                       slob  404 404
door:scan                                sl b  200 302
door:scan                                  o   404 404
door:scan missing                        slob  404 404
door:kiosk_unlock                        sl b  405 302
door:kiosk_unlock                          o   405 404
door:kiosk_unlock missing                slob  405 404
door:excuse                              sl b  405 302
door:excuse                                o   405 404
door:excuse missing                      slob  405 404
door:no_shows                            slob  200 405
door:kiosk                           vrugslob  200 200
door:kiosk_lock                      vrugslob  200 302
door:ticket                          vrug      200 200
door:ticket                              sl b  200 302
door:ticket                                o   404 404
door:ticket missing                  vrug      200 200
door:ticket missing                      slob  404 404
door:feedback_of                         sl b  200 405
door:feedback_of                           o   404 405
door:feedback_of missing                 slob  404 405
door:feedback_of_speakers                slob  200 405
door:feedback                        vrugslob  200 302
door:feedback missing                vrugslob  404 404
door:tickets                          rugslob  404 405
volunteering:hours                               slob  200 405
volunteering:hours_confirm                       sl b  405 200
volunteering:hours_confirm                         o   405 404
volunteering:hours_confirm missing               slob  405 404
volunteering:hours_confirm_day                   slob  405 302
volunteering:hours_confirm_day missing           slob  405 404
volunteering:hours_absent                        sl b  200 302
volunteering:hours_absent                          o   404 404
volunteering:hours_absent missing                slob  404 404

residents_school:lecture_list              vrugslob  200 405
residents_school:lecture_detail            vrugslob  200 405
residents_school:lecture_detail draft      vrugslob  404 405
residents_school:lecture_detail dropped    vrugslob  404 405
residents_school:lecture_detail missing    vrugslob  404 405
residents_school:staff_lecture_list            sl b  200 405
residents_school:lecture_create                sl b  200 200
residents_school:lecture_change                sl b  200 200
residents_school:lecture_change missing        sl b  404 404
residents_school:invitation                vrugslob  200 302
residents_school:invitation missing        vrugslob  404 404
residents_school:lecture_speakers              sl b  200 200
residents_school:lecture_speakers missing      sl b  404 404
residents_school:lecture_hours                 sl b  405 200
residents_school:lecture_hours missing         sl b  405 404
residents_school:invitation_withdraw           sl b  405 302
residents_school:invitation_withdraw missing   sl b  405 404
residents_school:own_lecture                rugslob  404 404
residents_school:material_list                 sl b  200 200
residents_school:material_list missing         sl b  404 404
residents_school:material_remove               sl b  405 302
residents_school:material_remove missing       sl b  405 404
residents_school:announce                      sl b  405 302
residents_school:announce missing              sl b  405 404
residents_school:call_off                      sl b  200 200
residents_school:call_off missing              sl b  404 404
residents_school:sign_in_sheet                 sl b  200 405
residents_school:sign_in_sheet missing         sl b  404 405

residents_school:season_create                 sl b  200 200
residents_school:season                        sl b  200 405
residents_school:season missing                sl b  404 405
residents_school:season_change                 sl b  200 200
residents_school:season_change missing         sl b  404 404
residents_school:season_change_from            sl b  200 200
residents_school:season_change_from missing    sl b  404 404
residents_school:needs                     vrugslob  200 405
residents_school:wish                       rugslob  302 302
residents_school:wish missing               rugslob  404 404
residents_school:wish_back                  rugslob  302 302
residents_school:wish_back missing          rugslob  404 404
residents_school:survey                    vrugslob  200 200
residents_school:survey draft              vrugslob  404 404
residents_school:survey missing            vrugslob  404 404
residents_school:survey_results            vrugslob  200 405
residents_school:survey_results draft      vrugslob  404 405
residents_school:survey_results missing    vrugslob  404 405
residents_school:board                         sl b  200 405
residents_school:board_list                    sl b  200 200
residents_school:survey_list                   sl b  200 405
residents_school:survey_create                 sl b  200 200
residents_school:survey_change                 sl b  200 200
residents_school:survey_change missing         sl b  404 404
residents_school:results_publish               sl b  405 302
residents_school:results_publish missing       sl b  405 404
residents_school:survey_sheet                  sl b  200 405
residents_school:survey_sheet missing          sl b  404 405
residents_school:burst                         sl b  405 302
residents_school:burst missing                 sl b  405 404
residents_school:paper                         sl b  302 405
residents_school:paper_entry                   sl b  200 200
residents_school:paper_entry missing           sl b  404 404
residents_school:paper_back                    sl b  405 302
residents_school:paper_back missing            sl b  405 404


set_language                               vrugslob  302 302
healthz                                    vrugslob  200 405
short_link                                 vrugslob  302 405
short_link missing                         vrugslob  404 405

admin:index                                    slob  200 200
admin:login                                    slob  302 200
admin:logout                                   slob  405 302
admin:password_change                          slob  302 302
admin:password_change_done                     slob  200 405
admin:jsi18n                                   slob  200 405
admin:autocomplete                             slob  403 405
admin:autocomplete accounts                       b  200 405
admin:autocomplete accounts                    slo   403 405
admin:view_on_site                             slob  404 404
admin:app_list                                 slob  200 200
admin:anything_else                            slob  404 404
"""
