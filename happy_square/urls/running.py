from django.urls import path

from happy_square.views import counting, dates, running, times

urlpatterns = [
    path("", running.run, name="run"),
    path("announce/", running.announce, name="announce"),
    path("repeat/", running.repeat, name="repeat"),
    path("free/", running.take_free, name="take_free"),
    path("times/", times.times, name="times"),
    path("times/<int:time>/end/", times.end_time, name="end_time"),
    path("dates/new/", dates.add_date, name="add_date"),
    path("dates/<int:occasion>/confirm/", dates.confirm, name="confirm_date"),
    path("dates/<int:occasion>/move/", dates.move, name="move_date"),
    path("dates/<int:occasion>/call-off/", dates.call_off, name="call_off_date"),
    path("dates/<int:occasion>/hold-again/", dates.hold_again, name="hold_date_again"),
    path("dates/<int:occasion>/note/", dates.note, name="note"),
    path("dates/<int:occasion>/count/", counting.count, name="count"),
    path("dates/<int:occasion>/sheet/", counting.sheet, name="count_sheet"),
]
