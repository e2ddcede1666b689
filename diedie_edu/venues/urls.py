from django.urls import path, re_path

from diedie_edu.venues.views import displacing, empty_rooms, requests, years

app_name = "venues"
urlpatterns = [
    re_path(r"^rooms/years/(?P<year>20\d\d)/$", years.year, name="year"),
    path("rooms/claim/", displacing.claim, name="claim"),
    path("rooms/there/<str:token>/", empty_rooms.there, name="there"),
    path("rooms/empty/", empty_rooms.empty_rooms, name="empty_rooms"),
    path("rooms/empty/<int:pk>/", empty_rooms.empty_room, name="empty_room"),
    path("rooms/held/<str:token>/", displacing.held, name="held"),
    path("rooms/requests/", requests.request_list, name="request_list"),
    path("rooms/requests/new/", requests.request_create, name="request_create"),
    path("rooms/requests/<int:pk>/", requests.request_page, name="request"),
    path("rooms/requests/<int:pk>/change/", requests.request_change, name="request_change"),
    path("rooms/requests/<int:pk>/shift/", requests.request_shift, name="request_shift"),
    path("rooms/requests/<int:pk>/give-back/", requests.request_give_back, name="give_back"),
    path("rooms/requests/<int:pk>/<int:booking>/skip/", requests.date_skip, name="date_skip"),
    path(
        "rooms/requests/<int:pk>/<int:booking>/put-back/",
        requests.date_put_back,
        name="date_put_back",
    ),
]
