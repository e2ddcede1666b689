from django.urls import path

from happy_square.views import complaints, growth, guidance, support

urlpatterns = [
    path("guidance/", guidance.overview, name="guidance"),
    path("groups/<int:pk>/", guidance.of_group, name="group_guidance"),
    path("groups/<int:pk>/visit/", guidance.visit, name="visit"),
    path("groups/<int:pk>/support/", support.add, name="support_add"),
    path("support/<int:pk>/", support.change, name="support_change"),
    path("support/<int:pk>/take-out/", support.take_out, name="support_take_out"),
    path("findings/<int:pk>/", guidance.finding, name="finding"),
    path("complaints/", complaints.complaint_list, name="complaint_list"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("growth/", growth.growth, name="growth"),
    path("growth/start/", growth.start, name="growth_start"),
]
