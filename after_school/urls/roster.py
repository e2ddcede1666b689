"""The addresses of the roster, for staff."""

from django.urls import path

from after_school.views import roster

urlpatterns = [
    path("roster/", roster.roster, name="roster"),
    path("duties/<int:pk>/", roster.slot, name="slot"),
    path("sessions/<int:session>/duties/", roster.duty_signing, name="duty_signing"),
    path("clearances/", roster.clearances, name="clearances"),
]
