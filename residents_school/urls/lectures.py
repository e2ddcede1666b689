from django.urls import path

from residents_school.views import (
    copies,
    drafts,
    invitations,
    materials,
    public,
    seasons,
    speakers,
    staff,
    words,
)

urlpatterns = [
    path("", public.lecture_list, name="lecture_list"),
    path("<int:pk>/", public.lecture_detail, name="lecture_detail"),
    path("<int:pk>/speaker/", materials.own_lecture, name="own_lecture"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("staff/", staff.staff_lecture_list, name="staff_lecture_list"),
    path("staff/new/", staff.lecture_create, name="lecture_create"),
    path("staff/season/new/", seasons.season_create, name="season_create"),
    path("staff/season/copy/", copies.season_copy, name="season_copy"),
    path("staff/topics/<int:pk>/word/", words.word_to_wishers, name="word_to_wishers"),
    path("staff/season/<int:pk>/", seasons.season, name="season"),
    path("staff/season/<int:pk>/change/", seasons.season_change, name="season_change"),
    path(
        "staff/season/<int:pk>/change/<int:lecture>/",
        seasons.season_change,
        name="season_change_from",
    ),
    path("staff/<int:pk>/", staff.lecture_change, name="lecture_change"),
    path("staff/<int:pk>/speakers/", speakers.lecture_speakers, name="lecture_speakers"),
    path("staff/<int:pk>/hours/", speakers.lecture_hours, name="lecture_hours"),
    path(
        "staff/<int:pk>/invitations/<int:invitation>/withdraw/",
        speakers.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("staff/<int:pk>/materials/", materials.material_list, name="material_list"),
    path(
        "staff/<int:pk>/materials/<int:material>/remove/",
        materials.material_remove,
        name="material_remove",
    ),
    path("staff/<int:pk>/announce/", staff.lecture_announce, name="announce"),
    path("staff/<int:pk>/announce/back/", drafts.announcement_back, name="announcement_back"),
    path("staff/<int:pk>/delete/", drafts.lecture_delete, name="lecture_delete"),
    path("staff/<int:pk>/restore/", drafts.lecture_restore, name="lecture_restore"),
    path("staff/<int:pk>/hold/", drafts.lecture_hold, name="lecture_hold"),
    path("staff/<int:pk>/call-off/", staff.lecture_call_off, name="call_off"),
    path("staff/<int:pk>/sheet/", staff.sign_in_sheet, name="sign_in_sheet"),
]
