"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.phones.views import desk, own, stopping

urlpatterns = [
    path("me/phone/", own.phone, name="own_phone"),
    path("me/phone/code/", own.code, name="own_phone_code"),
    path("me/phone/again/", own.again, name="own_phone_again"),
    path("me/phone/back/", own.take_back, name="own_phone_back"),
    path("phone/<str:token>/", stopping.stop, name="phone_stop"),
    path("desk/people/<person:pk>/phone/", desk.of_person, name="person_phone"),
    path("desk/accounts/<int:pk>/phone/", desk.of_account, name="account_phone"),
]
