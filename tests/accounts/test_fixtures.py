"""The privacy notice that comes with the portal."""

import tomllib

import pytest
from django.conf import settings
from django.utils.translation import override

from diedie_edu.accounts.actions import privacy
from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.accounts.queries import privacy_notice_in_force

pytestmark = pytest.mark.django_db
FILES = sorted((settings.BASE_DIR / "fixtures" / "privacy").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_its_version_is_its_name_and_loading_twice_is_harmless(file):
    for _ in range(2):
        notice = privacy.publish_privacy_notice(**tomllib.loads(file.read_text("utf-8")))
    assert notice.version == file.stem
    assert PrivacyNotice.objects.count() == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_both_languages_have_the_same_sections(file, now):
    privacy.publish_privacy_notice(**tomllib.loads(file.read_text("utf-8")))
    notice, shapes = privacy_notice_in_force(now), []
    for language in ("zh-hans", "en"):
        with override(language):
            shapes.append([len(section.paragraphs) for section in notice.sections])
    assert shapes[0] == shapes[1]
