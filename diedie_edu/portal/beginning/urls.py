"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.beginning import views

urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("begin/left-out/", views.leave_out, name="begin_leave_out"),
    path("desk/demonstration/", views.demonstration, name="demonstration"),
    path("begin/rooms/", views.rooms, name="begin_rooms"),
    path("begin/rooms/hours/", views.room_hours, name="begin_room_hours"),
]
