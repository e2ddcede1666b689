from django.urls import path

from diedie_edu.office.views import budget_files, budgets

urlpatterns = [
    path("desk/office/budgets/<int:pk>/", budgets.edit, name="budget"),
    path("desk/office/budgets/<int:pk>/copy/", budgets.copy, name="budget_copy"),
    path("desk/office/budgets/<int:pk>/reallocate/", budgets.reallocate, name="budget_reallocate"),
    path("desk/office/budgets/<int:pk>/upload/", budget_files.upload, name="budget_upload"),
    path("desk/office/budgets/<int:pk>/paper/", budget_files.paper, name="budget_paper"),
    path("desk/office/budgets/<int:pk>/workbook/", budget_files.workbook, name="budget_workbook"),
]
