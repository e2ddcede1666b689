from django.urls import path

from diedie_edu.decisions.views import batch, deputies, desk, own

app_name = "decisions"
urlpatterns = [
    path("desk/decisions/", desk.waiting, name="waiting"),
    path("desk/decisions/<int:pk>/", desk.one, name="one"),
    path("desk/decisions/<int:pk>/decide/", desk.decide, name="decide"),
    path("desk/decisions/together/", batch.batch, name="batch"),
    path("desk/decisions/deputies/", deputies.deputies, name="deputies"),
    path("desk/decisions/deputies/<int:pk>/end/", deputies.deputy_end, name="deputy_end"),
    path("my/requests/", own.mine, name="mine"),
    path("my/requests/<int:pk>/", own.own, name="own"),
    path("my/requests/<int:pk>/withdraw/", own.withdraw, name="withdraw"),
]
