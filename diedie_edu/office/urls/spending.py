"""Addresses of what is spent and promised."""

from django.urls import path

from diedie_edu.office.views import promises, spending

LINE, ENTRY = "desk/office/spending/lines/<int:pk>/", "desk/office/spending/entries/<int:pk>/"
PROMISE, BUDGET = "desk/office/spending/promises/<int:pk>/", "desk/office/spending/<int:pk>/"

urlpatterns = [
    path("desk/office/spending/", spending.spending_list, name="spending_list"),
    path(BUDGET, spending.spending, name="spending"),
    path(f"{BUDGET}close/", promises.year_close, name="year_close"),
    path(f"{BUDGET}reopen/", promises.year_reopen, name="year_reopen"),
    path(LINE, spending.line, name="spending_line"),
    path(f"{LINE}pay/", spending.expense_add, name="expense_add"),
    path(f"{LINE}promise/", promises.promise_add, name="promise_add"),
    path(ENTRY, spending.expense, name="expense"),
    path(f"{ENTRY}take-back/", spending.expense_take_back, name="expense_take_back"),
    path(f"{ENTRY}explain/", spending.expense_explain, name="expense_explain"),
    path(f"{ENTRY}scan/", spending.expense_scan, name="expense_scan"),
    path(PROMISE, promises.promise, name="promise"),
    path(f"{PROMISE}free/", promises.promise_free, name="promise_free"),
]
