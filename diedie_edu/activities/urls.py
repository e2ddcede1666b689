from django.urls import path

from diedie_edu.activities.views import (
    closed_rooms,
    days,
    own_place,
    register,
    seats,
    several,
    words,
    working,
)

app_name = "activities"
urlpatterns = [
    path("activities/<int:pk>/sign-up/", seats.activity_sign_up, name="sign_up"),
    path("activities/<int:pk>/cancel/", seats.activity_cancel, name="cancel"),
    path("activities/<int:pk>/accept/", seats.activity_accept, name="accept"),
    path("activities/<int:pk>/people/", register.people, name="people"),
    path("activities/<int:pk>/people/find/", register.find_person, name="find_person"),
    path("activities/<int:pk>/people/sign-up/", register.sign_somebody_up, name="sign_somebody_up"),
    path("activities/<int:pk>/sign-up-series/", several.sign_up_series, name="sign_up_series"),
    path(
        "activities/<int:pk>/people/sign-up-series/",
        several.sign_somebody_up_for_series,
        name="sign_somebody_up_for_series",
    ),
    path("activities/<int:pk>/people/note/", working.note, name="note"),
    path("activities/<int:pk>/people/note/<int:note>/", working.note_done, name="note_done"),
    path("activities/<int:pk>/people/together/", working.together, name="together"),
    path("activities/<int:pk>/people/word/", words.word_to_all, name="word_to_all"),
    path("activities/<int:pk>/people/<int:sign_up>/withdraw/", working.withdraw, name="withdraw"),
    path("activities/<int:pk>/people/<int:sign_up>/undo/", working.undo, name="undo_withdrawal"),
    path("activities/<int:pk>/people/<int:sign_up>/confirm/", working.confirm, name="confirm"),
    path("activities/<int:pk>/people/<int:sign_up>/call/", working.call, name="call_person"),
    path("activities/word/<str:token>/", words.word, name="word"),
    path("activities/place/<str:token>/", own_place.place, name="place"),
    path("activities/rooms/close/", closed_rooms.room_closing, name="close_room"),
    path("activities/days/", days.day_to_change, name="day_to_change"),
    path("activities/days/<str:day>/<slug:kind>/", days.day_change, name="change_day"),
]
