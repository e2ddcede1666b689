from django.urls import include, path

from diedie_edu.activities.urls import door
from diedie_edu.activities.views import days, hours, own_place, register, seats

app_name = "activities"
of_activities = [
    path("<int:pk>/sign-up/", seats.activity_sign_up, name="sign_up"),
    path("<int:pk>/cancel/", seats.activity_cancel, name="cancel"),
    path("<int:pk>/accept/", seats.activity_accept, name="accept"),
    path("<int:pk>/people/", register.people, name="people"),
    path("<int:pk>/people/find/", register.find_person, name="find_person"),
    path("<int:pk>/people/sign-up/", register.sign_somebody_up, name="sign_somebody_up"),
    path("place/<str:token>/", own_place.place, name="place"),
    path("close-day/", days.day_to_close, name="day_to_close"),
    path("close-day/<str:day>/", days.day_closing, name="close_day"),
]
of_hours = [
    path("", hours.hours, name="hours"),
    path("<int:pk>/confirm/", hours.hours_confirm, name="hours_confirm"),
    path("<int:pk>/absent/", hours.hours_absent, name="hours_absent"),
    path("<str:day>/confirm-day/", hours.hours_confirm_day, name="hours_confirm_day"),
]
urlpatterns = [
    path("activities/", include(of_activities)),
    path("desk/hours/", include(of_hours)),
    path("", include(door.urlpatterns)),
]
