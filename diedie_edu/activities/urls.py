from django.urls import path

from diedie_edu.activities.views import closed_rooms, days, own_place, register, seats

app_name = "activities"
urlpatterns = [
    path("activities/<int:pk>/sign-up/", seats.activity_sign_up, name="sign_up"),
    path("activities/<int:pk>/cancel/", seats.activity_cancel, name="cancel"),
    path("activities/<int:pk>/accept/", seats.activity_accept, name="accept"),
    path("activities/<int:pk>/people/", register.people, name="people"),
    path("activities/<int:pk>/people/find/", register.find_person, name="find_person"),
    path("activities/<int:pk>/people/sign-up/", register.sign_somebody_up, name="sign_somebody_up"),
    path("activities/place/<str:token>/", own_place.place, name="place"),
    path("activities/rooms/close/", closed_rooms.room_closing, name="close_room"),
    path("activities/days/", days.day_to_change, name="day_to_change"),
    path("activities/days/<str:day>/<slug:kind>/", days.day_change, name="change_day"),
]
