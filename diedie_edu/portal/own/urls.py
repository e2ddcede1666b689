from django.urls import path

from diedie_edu.portal.own.views import family

urlpatterns = [
    path("me/family/", family.family, name="family"),
    path("me/family/add/", family.family_add, name="family_add"),
    path("me/family/code/", family.family_code, name="family_code"),
    path("me/family/leave/", family.family_leave, name="family_leave"),
]
