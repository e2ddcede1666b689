from django.urls import path

from after_school.views import (
    changing_terms,
    custody,
    families,
    lists,
    records,
    second_enrolments,
    staffing,
    terms,
)

urlpatterns = [
    path("terms/", terms.term_list, name="term_list"),
    path("terms/new/", terms.term_create, name="term_create"),
    path("terms/<int:pk>/", terms.term, name="term"),
    path("terms/<int:pk>/announce/", terms.term_announce, name="term_announce"),
    path("terms/<int:pk>/make-up-day/", terms.makeup_day, name="makeup_day"),
    path("terms/<int:pk>/change/", changing_terms.term_change, name="term_change"),
    path("terms/<int:pk>/delete/", changing_terms.term_delete, name="term_delete"),
    path("terms/<int:pk>/breaks/", changing_terms.break_add, name="break_add"),
    path("breaks/<int:pk>/take-back/", changing_terms.break_back, name="break_back"),
    path("terms/<int:pk>/children/", records.term_children, name="term_children"),
    path("terms/<int:pk>/children/list/", lists.term_opened, name="term_opened"),
    path("terms/<int:pk>/staff/", staffing.staff_needs, name="staff_needs"),
    path("terms/<int:pk>/places/", staffing.places, name="places"),
    path("terms/<int:pk>/paper/", records.paper_enrolment, name="paper_enrolment"),
    path("sessions/<int:pk>/call-off/", terms.session_call_off, name="session_call_off"),
    path("sessions/<int:pk>/hold-again/", terms.session_hold_again, name="session_hold_again"),
    path("days/<int:pk>/topic/", terms.day_topic, name="day_topic"),
    path("children/<person:child>/", records.record, name="record"),
    path("to-be-confirmed/", records.to_be_confirmed, name="to_be_confirmed"),
    path(
        "children/<person:child>/guardians/<int:pk>/seen/",
        records.guardian_seen,
        name="guardian_seen",
    ),
    path(
        "children/<person:child>/consents/<int:pk>/withdraw/",
        records.paper_withdrawal,
        name="paper_withdrawal",
    ),
    path("children/<person:child>/for-family/<slug:kind>/", families.for_family, name="for_family"),
    path(
        "children/<person:child>/for-family/<slug:kind>/<int:pk>/",
        families.for_family,
        name="for_family_row",
    ),
    path("children/<person:child>/custody/", custody.custody_change, name="custody_change"),
    path("second-enrolments/<int:pk>/", second_enrolments.which_child, name="which_child"),
    path("audit/", records.audit_pack, name="audit_pack"),
]
