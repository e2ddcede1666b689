"""Whatever the way a summary is written, the database holds to its rules."""

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.office.models import SummaryExport, Version, Work
from diedie_edu.office.models.summaries import SummaryFigure, SummaryPicture
from tests.support import office as short
from tests.support.office import NOW, SCHOOL
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db
FIGURE = {"slug": "visits", "label": "到场人次", "definition": "每次到场各算一次。"}


@pytest.fixture
def draft(lead: User) -> Version:
    return short.begin(short.make_document(Work.SUMMARY), lead)


def test_a_figure_stands_once_and_says_what_it_counts(draft: Version) -> None:
    SummaryFigure.objects.create(version=draft, **FIGURE)
    with refused_by("figure_once_in_a_summary"):
        SummaryFigure.objects.create(version=draft, **FIGURE)
    with refused_by("a_figure_says_what_it_counts"):
        SummaryFigure.objects.update(definition="")


def test_a_picture_stands_once(draft: Version) -> None:
    SummaryPicture.objects.create(version=draft, picture=7, caption="元宵灯会")
    with refused_by("picture_once_in_a_summary"):
        SummaryPicture.objects.create(version=draft, picture=7, caption="又一次")


def test_what_was_exported_stays_known() -> None:
    facts = {"programme": SCHOOL, "title": "总结", "extension": "docx", "pictures": [7]}
    SummaryExport.objects.create(**facts, at=NOW)
    with refused_by("what_was_exported_stays_known"):
        SummaryExport.objects.all().delete()
