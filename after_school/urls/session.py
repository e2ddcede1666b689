"""The addresses of an afternoon."""

from django.urls import path

from after_school.views import guardian_messages, handing_over, lists, session, whereabouts

SESSION = "sessions/<int:session>/"
CHILD = f"{SESSION}children/<person:child>/"

urlpatterns = [
    path("", session.today, name="today"),
    path(SESSION, session.session, name="session"),
    path(f"{SESSION}open/", session.session_open, name="session_open"),
    path(f"{SESSION}close/", session.session_close, name="session_close"),
    path(f"{SESSION}reopen/", session.session_reopen, name="session_reopen"),
    path(f"{SESSION}explain/", session.session_explain, name="session_explain"),
    path(f"{SESSION}still-here/", handing_over.still_here, name="still_here"),
    path(f"{SESSION}sheet/", session.session_sheet, name="session_sheet"),
    path(f"{SESSION}list/", lists.session_opened, name="session_opened"),
    path(CHILD, handing_over.session_child, name="session_child"),
    path(f"{CHILD}in/", session.let_in, name="let_in"),
    path(f"{SESSION}messages/<int:pk>/", guardian_messages.message_seen, name="message_seen"),
    path(f"{CHILD}where/", whereabouts.where_noted, name="where_noted"),
    path(f"{CHILD}zone/", session.zone_change, name="zone_change"),
    path(f"{CHILD}hand-over/", handing_over.hand_over, name="hand_over"),
    path(f"{CHILD}undo/", handing_over.undo, name="undo"),
    path(f"{CHILD}refused/<int:pk>/", handing_over.refusal_note, name="refusal_note"),
    path(f"{CHILD}note/", handing_over.note_write, name="note_write"),
    path(f"{CHILD}correct/", handing_over.correct, name="correct"),
    path(f"{CHILD}called/", handing_over.call_note, name="call_note"),
]
