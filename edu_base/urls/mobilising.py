from django.urls import path

from edu_base.views import asking, funnel, mobilising, phones

urlpatterns = [
    path("desk/education/mobilising/", mobilising.overview, name="mobilising"),
    path("desk/education/mobilising/ask-again/", mobilising.ask_again, name="ask_again"),
    path("education/contacts/<int:pk>/", mobilising.contact_list, name="contact_list"),
    path("education/contacts/<int:pk>/note/", mobilising.note_visit, name="note_visit"),
    path("education/contacts/<int:pk>/undo/", mobilising.visit_back, name="visit_back"),
    path("education/tell-me/", phones.leave, name="leave_phone"),
    path("desk/education/funnel/", funnel.funnel, name="funnel"),
    path("education/students/<str:token>/", asking.study_question, name="study_question"),
    path("desk/education/students/", asking.students_asked, name="students_asked"),
    path("desk/education/students/<int:pk>/", asking.note_answer, name="note_answer"),
]
