from django.urls import path

from diedie_edu.activities import views

app_name = "activities"
urlpatterns = [
    path("<int:pk>/sign-up/", views.activity_sign_up, name="sign_up"),
    path("<int:pk>/cancel/", views.activity_cancel, name="cancel"),
    path("close-day/", views.day_to_close, name="day_to_close"),
    path("close-day/<str:day>/", views.day_closing, name="close_day"),
]
