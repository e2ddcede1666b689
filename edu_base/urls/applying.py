from django.urls import path

from edu_base.views import applying, landing, own, stops

urlpatterns = [
    path("education/", landing.landing, name="landing"),
    path("education/check/", landing.self_check, name="self_check"),
    path("education/apply/", applying.start, name="start"),
    path("education/apply/child/", applying.start_for_ward, name="start_for_ward"),
    path("education/agree/<str:token>/", applying.agree, name="agree"),
    path("education/applications/<int:pk>/", own.application, name="own_application"),
    path("education/applications/<int:pk>/copy/", own.copy, name="own_copy"),
    path("education/applications/<int:pk>/change/", own.change, name="own_change"),
    path("education/applications/<int:pk>/papers/", own.add_document, name="document_add"),
    path(
        "education/applications/<int:pk>/papers/remove/",
        own.remove_document,
        name="document_remove",
    ),
    path("education/applications/<int:pk>/submit/", own.submit, name="submit"),
    path("education/applications/<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("education/applications/<int:pk>/guardian/", own.guardian, name="guardian"),
    path("desk/education/paper/", applying.start_from_paper, name="start_from_paper"),
    path("desk/education/applications/<int:pk>/stop/", stops.stop, name="stop"),
]
