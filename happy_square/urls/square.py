from django.urls import path

from happy_square.views import complaints, growth

urlpatterns = [
    path("complaints/", complaints.complain, name="complain"),
    path("complaints/<str:token>/", complaints.outcome, name="complaint_outcome"),
    path("growth/", growth.public_growth, name="public_growth"),
    path("growth/<year:year>-<int:month>/", growth.public_growth, name="public_growth_of"),
]
