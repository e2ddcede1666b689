"""Sizes of paper."""

from django.test import RequestFactory

from diedie_edu.common.paper import paper_of


def test_an_unknown_size_is_a4():
    found = paper_of(RequestFactory().get("/", {"paper": "a9"}))
    assert found["paper"] == "a4"
    assert [row["current"] for row in found["papers"]] == [True, False]


def test_the_size_asked_for_is_current():
    found = paper_of(RequestFactory().get("/", {"paper": "a3"}))
    assert [row["current"] for row in found["papers"]] == [False, True]
