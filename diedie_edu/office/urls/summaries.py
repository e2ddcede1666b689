"""Summaries beside the pages that all documents have; a number is that of a version unless said
otherwise."""

from django.urls import path

from diedie_edu.office.views import summaries as views

HERE = "desk/office/summaries/"
urlpatterns = [
    path(f"{HERE}of/<int:pk>/draft/", views.draft, name="summary_draft"),  # of a document
    path(f"{HERE}drafting/<int:pk>/", views.drafting, name="summary_drafting"),  # of a job
    path(f"{HERE}<int:pk>/print/", views.printed, name="summary_print"),
    path(f"{HERE}<int:pk>/word/", views.as_word, name="summary_word"),
    path(f"{HERE}<int:pk>/slides/", views.as_slides, name="summary_slides"),
    path(f"{HERE}<int:pk>/figures/", views.refresh, name="summary_refresh"),
    path(f"{HERE}<int:pk>/pictures/", views.pictures, name="summary_pictures"),
]
