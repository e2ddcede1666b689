from django.urls import path

from diedie_edu.activities.views import days, seats

app_name = "activities"
urlpatterns = [
    path("<int:pk>/sign-up/", seats.activity_sign_up, name="sign_up"),
    path("<int:pk>/cancel/", seats.activity_cancel, name="cancel"),
    path("close-day/", days.day_to_close, name="day_to_close"),
    path("close-day/<str:day>/", days.day_closing, name="close_day"),
]
