from django.urls import path

from residents_school.views import drafts, paper, planning, surveys

urlpatterns = [
    path("", planning.board, name="board"),
    path("board.xlsx", planning.board_list, name="board_list"),
    path("surveys/", surveys.survey_list, name="survey_list"),
    path("surveys/new/", surveys.survey_create, name="survey_create"),
    path("surveys/<int:pk>/", surveys.survey_change, name="survey_change"),
    path("surveys/<int:pk>/delete/", drafts.survey_delete, name="survey_delete"),
    path("surveys/<int:pk>/restore/", drafts.survey_restore, name="survey_restore"),
    path("surveys/<int:pk>/publish-results/", surveys.results_publish, name="results_publish"),
    path("surveys/<int:pk>/sheet/", paper.sheet, name="survey_sheet"),
    path("surveys/<int:pk>/paper/", paper.entry, name="paper_entry"),
    path("surveys/<int:pk>/paper/<int:answer>/take-back/", paper.back, name="paper_back"),
    path("surveys/bursts/<int:pk>/", surveys.burst, name="burst"),
    path("paper/", paper.latest, name="paper"),
]
