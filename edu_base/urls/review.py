from django.urls import path

from edu_base.views import cases, ranking, review, reviewing

APPLICATIONS, CLASSES = "desk/education/applications/", "desk/education/classes/"
REVIEWING = "desk/education/reviewing/"
urlpatterns = [
    path(APPLICATIONS, review.application_list, name="applications"),
    path(f"{APPLICATIONS}together/", review.together, name="together"),
    path(f"{APPLICATIONS}<int:pk>/", review.application, name="application"),
    path(f"{APPLICATIONS}<int:pk>/decide/", review.decide, name="decide"),
    path(f"{APPLICATIONS}<int:pk>/household/", cases.household, name="household"),
    path(f"{APPLICATIONS}<int:pk>/exception/", cases.exception, name="exception"),
    path(f"{APPLICATIONS}<int:pk>/number/", cases.number, name="number"),
    path(f"{APPLICATIONS}<int:pk>/interview/", cases.interview, name="interview"),
    path(f"{APPLICATIONS}<int:pk>/marks/back/", cases.marks_back, name="marks_back"),
    path(CLASSES, ranking.classes, name="classes"),
    path(f"{CLASSES}<int:pk>/ranking/", ranking.ranking, name="ranking"),
    path(f"{CLASSES}<int:pk>/rank/", ranking.rank, name="rank"),
    path(f"{CLASSES}<int:pk>/criteria/", cases.criteria, name="criteria"),
    path(f"{CLASSES}<int:pk>/criteria/remove/", cases.criterion_remove, name="criterion_remove"),
    path(f"{CLASSES}<int:pk>/reviewers/", cases.reviewers, name="reviewers"),
    path(f"{CLASSES}<int:pk>/reviewers/end/", cases.reviewer_end, name="reviewer_end"),
    path(REVIEWING, reviewing.own, name="reviewing"),
    path(f"{REVIEWING}<int:pk>/ties/", reviewing.ties, name="ties"),
    path(f"{REVIEWING}cases/<int:pk>/<slug:part>/", reviewing.case, name="case"),
]
