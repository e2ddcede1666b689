"""Who hears of what, by which way: every kind of message of every programme.

A kind that is new has no row here, and a test fails until somebody has said for it: who hears,
by which ways (i in the portal, s by text message, e by e-mail where it is wanted, g in staff's
group chats), whether staff ring whom it does not reach, and what staff choose it by. `always` rings
a phone whatever was chosen: a child's safety, and codes. `number` is a phone that need not be
anybody's.
"""

from dataclasses import dataclass

WHO = {
    *("person", "guardian", "volunteer", "speaker", "leader", "staff"),
    *("asker", "holder", "reader", "number"),
}


@dataclass(frozen=True)
class Row:
    """What stands in the table of one kind."""

    code: str
    who: frozenset[str]
    ways: str
    call: str
    choice: str


def rows() -> list[Row]:
    found = [line.split() for line in TABLE.strip().splitlines()]
    return [Row(code, frozenset(who.split("+")), *rest) for code, who, *rest in found]


TABLE = """
activities.called_off                   person                iseg call -
activities.cancelled                    person                ise -    -
activities.held_again                   person                ise call -
activities.lapsed                       person                ise call -
activities.moved                        person                ise call -
activities.offered                      person                ise call -
activities.reminder                     person                ise call -
activities.seated                       person                ise call -
activities.seated_in_series             person                ise call -
activities.taken_off                    person                ise call -
activities.waiting                      person                ise call -
activities.waiting_kept                 person                ise call -
activities.waiting_overtaken            person                ise call -
activities.word                         person                ise call -
after_school.arrived                    guardian              ise -    -
after_school.bar_lifted                 guardian              ise call -
after_school.barred_on_duty             staff                 iseg call always
after_school.called_off_with_children   staff                 iseg call always
after_school.closed_for_family          guardian              ise call -
after_school.closed_with_awaited        staff                 iseg call always
after_school.collector_barred           guardian              ise call -
after_school.collector_named            guardian              ise call -
after_school.come_now                   guardian              ise call always
after_school.consent_ended              guardian              ise call -
after_school.consent_run_out            guardian              ise call -
after_school.consent_runs_out           guardian              ise call -
after_school.consent_text_new           guardian              ise call -
after_school.custody_changed            guardian              ise call -
after_school.duties_changed             volunteer             ise call -
after_school.end_of_term                guardian              ise call -
after_school.enrolled                   guardian              ise call -
after_school.found                      guardian+staff        iseg call always
after_school.guardian_added             guardian              ise call -
after_school.guardian_agreed            guardian              ise call -
after_school.guardian_declined          guardian              ise call -
after_school.guardian_invited           guardian              ise call -
after_school.hand_over_put_right        guardian              ise call -
after_school.hand_over_taken_back       guardian              ise call -
after_school.handed_over                guardian              ise -    -
after_school.held_after_all             guardian              ise call -
after_school.help_look                  staff                 ise call always
after_school.make_up_day                guardian              ise call -
after_school.make_up_for_volunteers     volunteer             ise call -
after_school.missing                    guardian              ise call always
after_school.missing_for_staff          staff                 iseg call always
after_school.must_leave                 staff                 iseg call always
after_school.not_believed               staff                 iseg call always
after_school.not_collected              staff                 iseg call always
after_school.not_opened                 staff                 iseg call always
after_school.not_opened_for_family      guardian              ise call -
after_school.not_these_days             guardian              iseg call -
after_school.not_today                  guardian              iseg call -
after_school.note                       guardian              ise call -
after_school.opened_late                staff                 ise call afternoons
after_school.other_room                 guardian              ise call -
after_school.other_room_on_duty         volunteer             ise call -
after_school.pass_made                  guardian              ise call -
after_school.place_kept                 guardian              ise call -
after_school.please_stay                volunteer             ise call -
after_school.queued                     guardian              ise call -
after_school.refused                    guardian              ise call -
after_school.refused_then               guardian              ise call -
after_school.short_staffed              staff                 ise call afternoons
after_school.stand_in                   volunteer             ise call -
after_school.still_here                 guardian              ise call always
after_school.swap_asked                 volunteer             ise call -
after_school.term_changed               guardian              ise call -
after_school.these_days_after_all       guardian              ise call -
after_school.walked_home                guardian              ise call -
after_school.walks_home                 guardian              ise call -
after_school.where_for_family           guardian              ise call always
after_school.where_for_staff            staff                 iseg call always
decisions.approved                      asker                 ise call -
decisions.due                           staff                 iseg call requests
decisions.refused                       asker                 ise call -
decisions.returned                      asker                 ise call -
decisions.waits                         staff                 iseg call requests
door.feedback                           person                ise -    -
edu_base.admitted                       person+guardian       ise call -
edu_base.announced                      person+guardian       ise call -
edu_base.appointed                      staff                 ise call given_work
edu_base.asked_to_nominate              number                s   -    -
edu_base.confirmed                      person+guardian       ise call -
edu_base.eligible                       person+guardian       ise call -
edu_base.grant_awarded                  person+guardian       ise call -
edu_base.grant_paid                     person+guardian       ise call -
edu_base.grant_signed_for               person+guardian       ise call -
edu_base.grant_taken_back               person+guardian       ise call -
edu_base.guardian_asked                 guardian              ise call -
edu_base.guardian_declined              person+guardian       ise call -
edu_base.how_it_goes                    person                ise call -
edu_base.interview                      person+guardian       ise call -
edu_base.interviewed                    person+guardian       ise call -
edu_base.lists_given                    staff+volunteer       ise call given_work
edu_base.more_asked                     person+guardian       ise call -
edu_base.no_place                       person+guardian       ise call -
edu_base.nominated                      number                s   -    -
edu_base.nominated_reminder             number                s   -    -
edu_base.nominating_reminder            number                s   -    -
edu_base.nomination_ended               number                s   -    -
edu_base.not_proposed                   person+guardian       ise call -
edu_base.now_open                       number                s   -    -
edu_base.objection_arrived              staff                 ise call objections
edu_base.objection_decided              number                s   -    -
edu_base.offer_asked                    person+number         ise call -
edu_base.offer_ends                     person+guardian       ise call -
edu_base.offer_over                     person+guardian       ise call -
edu_base.offered                        person+guardian       ise call -
edu_base.proposed                       person+guardian       ise call -
edu_base.ranked                         person+guardian       ise call -
edu_base.refused                        person+guardian       ise call -
edu_base.reported                       person+guardian       ise call -
edu_base.reserved                       person+guardian       ise call -
edu_base.settled                        person+guardian       ise call -
edu_base.stopped                        person+guardian       ise call -
edu_base.submitted                      person+guardian       ise call -
edu_base.taken_up                       person+guardian       ise call -
edu_base.turns_18                       person+guardian       ise call -
edu_base.withdrawn                      person+guardian       ise call -
happy_square.added                      person                ise call -
happy_square.answered                   staff                 ise call groups
happy_square.asked_to_join              leader                ise call -
happy_square.called_off                 person+leader         iseg call -
happy_square.check_ended                guardian+leader+staff ise call groups
happy_square.child_joined               leader                ie  -    -
happy_square.complaint_arrived          staff                 ise call guidance
happy_square.complaint_settled          number                s   -    -
happy_square.consent_ended              guardian+leader+staff ise call groups
happy_square.declined                   person                ise call -
happy_square.ended                      person                ise call -
happy_square.festival_answered          staff                 ise call groups
happy_square.festival_invited           leader                ise call -
happy_square.festival_order             leader                ise call -
happy_square.festival_reminder          leader                ise call -
happy_square.festival_uninvited         leader                ise call -
happy_square.finding_answered           staff                 ise call guidance
happy_square.finding_closed             leader                ise call -
happy_square.finding_due                leader                ise call -
happy_square.finding_not_enough         leader                ise call -
happy_square.finding_overdue            leader                ise call -
happy_square.found                      leader                ise call -
happy_square.goes_on                    person                ise call -
happy_square.hand_over_declined         leader                ise call -
happy_square.hand_over_offered          person                ise call -
happy_square.held_again                 person+leader         ise call -
happy_square.joined                     person                ise call -
happy_square.lapsed                     person                ise call -
happy_square.left                       person                ise call -
happy_square.moved                      person+leader         ise call -
happy_square.new_leader                 person                ie  -    -
happy_square.no_room                    leader                ie  -    -
happy_square.offered                    person                ise call -
happy_square.put_right                  leader                ise call -
happy_square.queued                     person                ise call -
happy_square.rehearsal_off              leader                ise call -
happy_square.rehearsal_planned          leader                ise call -
happy_square.reminder                   person                ise call -
happy_square.rests                      person                ise call -
happy_square.said_no                    leader                ie  -    -
happy_square.suspended                  person                ise call -
happy_square.times                      person                ie  -    -
happy_square.tried_by                   leader                ie  -    -
happy_square.tries                      person                ise call -
happy_square.week                       person                ie  -    -
happy_square.you_lead                   leader                ise call -
happy_square.you_lead_no_more           leader                ise call -
notices.code_change                     number                s   -    always
notices.code_family                     number                s   -    always
notices.code_register                   number                s   -    always
notices.code_reset                      number                s   -    always
notices.code_sign_in                    number                s   -    always
notices.gateway_ails                    staff                 ieg -    watch
notices.no_back_up                      staff                 ieg -    watch
notices.stands_still                    staff                 ieg -    watch
notices.trial                           asker                 iseg -    -
notices.unapproved                      staff                 ieg -    watch
office.due_soon                         staff                 ise call papers
office.follow_up_due                    staff                 ise call papers
office.overdue                          staff                 ise call papers
office.revoked                          staff                 ise call papers
office.rules_to_confirm                 reader                ise call -
portal.account_changed                  person                ise -    -
portal.appointed                        staff                 ise call accounts
portal.erasure_asked                    person                ise call -
portal.erasure_taken_back               person                ise call -
portal.house_is_full                    staff                 iseg call accounts
portal.new_phone_done                   person+number         ise call -
portal.new_phone_waits                  person+number         ise call -
portal.old_phone_done                   person+number         ise call -
portal.old_phone_seen                   person+number         ise call -
portal.old_phone_waits                  person+number         ise call -
portal.phone_stopped                    person+number         ise call -
portal.phone_stopped_for_staff          staff                 ise call accounts
portal.phone_taken                      person                ise call -
residents_school.appointed              speaker               ise call -
residents_school.appointed_to_series    speaker               ise call -
residents_school.invitation             speaker               ise call -
residents_school.invitation_accepted    staff                 ise call speakers
residents_school.invitation_declined    staff                 ise call speakers
residents_school.invitation_other_date  staff                 ise call speakers
residents_school.invitation_withdrawn   speaker               ise call -
residents_school.released               speaker               ise call -
residents_school.thanks                 speaker               ise -    -
residents_school.wish_answered          person                ise call -
venues.are_you_there                    holder                ise call -
venues.booking_moved                    holder                ise call -
venues.booking_off                      holder                ise call -
venues.displaced                        holder                ise call -
venues.displaced_without                holder                ise call -
venues.found_empty                      holder                ise call -
venues.request_ended                    asker                 ise call -
venues.request_urgent                   staff                 ise call requests
volunteering.assigned                   volunteer             ise call -
volunteering.cannot_come                staff                 ise call helpers
volunteering.duty_reminder              volunteer             ise call -
volunteering.freed                      volunteer             ise call -
volunteering.helping                    volunteer             ise call -
volunteering.left                       staff                 ise call helpers
volunteering.serves_no_more             volunteer             ise call -
volunteering.swap_refused               volunteer             ise call -
volunteering.swapped                    volunteer             ise call -
"""
