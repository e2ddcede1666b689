from django.urls import path

from residents_school.views import answers, needs

urlpatterns = [
    path("", needs.topic_list, name="needs"),
    path("topics/<int:pk>/wish/", needs.wish, name="wish"),
    path("topics/<int:pk>/take-back/", needs.wish_back, name="wish_back"),
    path("<int:pk>/", answers.survey, name="survey"),
    path("<int:pk>/results/", answers.survey_results, name="survey_results"),
]
