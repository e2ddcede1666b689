"""The record of processing is what the models declare."""

from django.conf import settings

from diedie_edu.people.management.commands.records import written


def test_the_record_of_processing_is_written_anew():
    kept = (settings.BASE_DIR / "docs" / "records.md").read_text(encoding="utf-8")
    assert kept == written(), "run `python manage.py records > docs/records.md`"
