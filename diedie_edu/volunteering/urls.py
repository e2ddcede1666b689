from django.urls import path

from diedie_edu.volunteering import views

app_name = "volunteering"
urlpatterns = [
    path("me/duties/<int:pk>/cannot-come/", views.cannot_come, name="cannot_come"),
    path("desk/hours/", views.hours, name="hours"),
    path("desk/hours/<int:pk>/confirm/", views.hours_confirm, name="hours_confirm"),
    path("desk/hours/<int:pk>/absent/", views.hours_absent, name="hours_absent"),
    path("desk/hours/<str:day>/confirm-day/", views.hours_confirm_day, name="hours_confirm_day"),
]
