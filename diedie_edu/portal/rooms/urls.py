"""Below the portal's own addresses; included with them. `?day=` names the day."""

from django.urls import path

from diedie_edu.portal.rooms import views

urlpatterns = [
    path("rooms/", views.day, name="rooms_day"),
    path("rooms/week/", views.week, name="rooms_week"),
    path("rooms/<int:pk>/", views.room, name="room_week"),
    path("rooms/wall/", views.wall, name="rooms_wall"),
]
