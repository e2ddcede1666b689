from django.urls import path

from edu_base.views import grants

urlpatterns = [
    path("desk/education/grants/", grants.fund_list, name="fund_list"),
    path("desk/education/grants/new/", grants.fund_create, name="fund_create"),
    path("desk/education/grants/<int:pk>/", grants.fund, name="fund"),
    path("desk/education/grants/<int:pk>/change/", grants.fund_change, name="fund_change"),
    path("desk/education/grants/<int:pk>/award/", grants.award_add, name="award_add"),
    path("desk/education/grants/<int:pk>/record/", grants.record, name="grant_record"),
    path("desk/education/grants/<int:pk>/sheet/", grants.sheet, name="grant_sheet"),
    path("desk/education/awards/<int:pk>/", grants.award, name="award"),
    path("desk/education/awards/<int:pk>/take-back/", grants.take_back, name="award_take_back"),
]
