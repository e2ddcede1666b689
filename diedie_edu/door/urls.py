"""At the door and afterwards: the desk's pages of one occasion, tickets, kiosk, feedback."""

from django.urls import path

from diedie_edu.door.views import door, feedback, kiosk, no_shows, tickets

app_name = "door"
urlpatterns = [
    path("desk/door/<int:pk>/", door.door, name="door"),
    path("desk/door/<int:pk>/find/", door.find, name="find"),
    path("desk/door/<int:pk>/arrived/", door.arrived, name="arrived"),
    path("desk/door/<int:pk>/undo/", door.undo, name="undo"),
    path("desk/door/<int:pk>/walk-in/", door.walk_in, name="walk_in"),
    path("desk/door/<int:pk>/newcomer/", door.newcomer, name="newcomer"),
    path("desk/door/<int:pk>/sheet/", door.sheet, name="sheet"),
    path("desk/door/<int:pk>/scan/", tickets.scan, name="scan"),
    path("desk/door/<int:pk>/kiosk/", kiosk.unlock, name="kiosk_unlock"),
    path("desk/door/<int:pk>/excuse/", no_shows.excuse, name="excuse"),
    path("desk/not-come/", no_shows.no_shows, name="no_shows"),
    path("desk/door/<int:pk>/feedback/", feedback.feedback_of, name="feedback_of"),
    path("desk/feedback/", feedback.feedback_of_speakers, name="feedback_of_speakers"),
    path("feedback/<str:token>/", feedback.feedback, name="feedback"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/lock/", kiosk.lock, name="kiosk_lock"),
    path("door/<str:token>/", tickets.ticket, name="ticket"),
    path("me/tickets/<int:pk>/", tickets.tickets, name="tickets"),
]
