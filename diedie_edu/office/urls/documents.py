from django.urls import path

from diedie_edu.office.views import board, documents, versions, writing

DOCUMENT = "desk/office/documents/<int:pk>/"
VERSION = "desk/office/versions/<int:pk>/"
ROW = "desk/office/lines/<slug:name>/<int:pk>/"
BOARD = "desk/office/board/"

urlpatterns = [
    path(BOARD, board.board, name="board"),
    path(f"{BOARD}<year:year>/", board.board, name="board_of"),
    path(f"{BOARD}<year:year>/open/", board.year_open, name="year_open"),
    path(f"{BOARD}<year:year>/papers/<slug:slug>/", board.paper_add, name="paper_add"),
    path("desk/office/papers/<int:pk>/", board.paper_change, name="paper_change"),
    path("desk/office/owed/", documents.owed, name="owed"),
    path(DOCUMENT, documents.document, name="document"),
    path(f"{DOCUMENT}write/", documents.write, name="document_write"),
    path(f"{DOCUMENT}due/", documents.due, name="document_due"),
    path(VERSION, versions.version, name="version"),
    path(f"{VERSION}difference/", versions.difference, name="version_difference"),
    path(f"{VERSION}submit/", versions.submit, name="version_submit"),
    path(f"{VERSION}take-back/", versions.take_back, name="version_take_back"),
    path(f"{VERSION}drop/", versions.drop, name="version_drop"),
    path(f"{VERSION}signed/", versions.signed, name="version_signed"),
    path(f"{VERSION}revoke/", versions.revoke, name="version_revoke"),
    path(f"{VERSION}head/", writing.head, name="version_head"),
    path(f"{VERSION}attach/", writing.attach, name="version_attach"),
    path(f"{VERSION}add/<slug:name>/", writing.row_add, name="row_add"),
    path(ROW, writing.row_change, name="row_change"),
    path(f"{ROW}move/", writing.row_move, name="row_move"),
    path(f"{ROW}remove/", writing.row_remove, name="row_remove"),
    path("desk/office/milestones/<int:pk>/tick/", writing.milestone_tick, name="milestone_tick"),
]
