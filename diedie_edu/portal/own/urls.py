from django.urls import path

from diedie_edu.portal.own.views import corrections, data, erasure, family, volunteering

urlpatterns = [
    path("me/family/", family.family, name="family"),
    path("me/family/add/", family.family_add, name="family_add"),
    path("me/family/code/", family.family_code, name="family_code"),
    path("me/family/leave/", family.family_leave, name="family_leave"),
    path("me/data/", data.data, name="data"),
    path("me/data/copy/", data.data_copy, name="data_copy"),
    path("me/data/correct/<int:pk>/", corrections.correct, name="correct"),
    path("me/data/erasure/", erasure.erasure, name="erasure"),
    path("me/data/erasure/take-back/", erasure.erasure_take_back, name="erasure_take_back"),
    path("me/volunteering/", volunteering.volunteering, name="volunteering"),
    path("me/volunteering/leave/", volunteering.volunteering_leave, name="volunteering_leave"),
]
