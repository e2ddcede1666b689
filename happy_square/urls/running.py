from django.urls import path

from happy_square.views import counting, dates, members, running, times

urlpatterns = [
    path("", running.run, name="run"),
    path("announce/", running.announce, name="announce"),
    path("repeat/", running.repeat, name="repeat"),
    path("free/", running.take_free, name="take_free"),
    path("members/", members.members, name="members"),
    path("members/answer/", members.answer, name="answer_request"),
    path("members/remove/", members.remove, name="remove_member"),
    path("members/drop/", members.drop, name="take_back_entry"),
    path("members/<int:member>/since/", members.since, name="member_since"),
    path("times/", times.times, name="times"),
    path("times/<int:time>/end/", times.end_time, name="end_time"),
    path("dates/new/", dates.add_date, name="add_date"),
    path("dates/<int:occasion>/confirm/", dates.confirm, name="confirm_date"),
    path("dates/<int:occasion>/move/", dates.move, name="move_date"),
    path("dates/<int:occasion>/call-off/", dates.call_off, name="call_off_date"),
    path("dates/<int:occasion>/hold-again/", dates.hold_again, name="hold_date_again"),
    path("dates/<int:occasion>/note/", dates.note, name="note"),
    path("dates/<int:occasion>/count/", counting.count, name="count"),
    path("dates/<int:occasion>/newcomer/", counting.newcomer, name="newcomer"),
    path("dates/<int:occasion>/sheet/", counting.sheet, name="count_sheet"),
]
