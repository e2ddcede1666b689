"""The addresses of a volunteer's own duties."""

from django.urls import path

from after_school.views import duties, swaps

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:pk>/take/", duties.slot_take, name="slot_take"),
    path("duties/<int:pk>/give-back/", duties.slot_give_back, name="slot_give_back"),
    path("duties/<int:pk>/swap/", swaps.swap_offer, name="swap_offer"),
    path("swap/<str:token>/", swaps.swap_answer, name="swap_answer"),
    path("stand-in/<str:token>/", duties.stand_in, name="stand_in"),
    path("on-duty/<str:token>/", duties.on_duty, name="on_duty"),
]
