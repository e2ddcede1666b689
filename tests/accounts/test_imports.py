from pathlib import Path

import pytest
from django.conf import settings

from diedie_edu.accounts.imports import publish_privacy_notices
from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.accounts.queries import privacy_notice_in_force
from tests.refusals import code_of

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "fixtures" / "privacy"


def test_the_notice_that_comes_with_the_portal_is_published_once(now):
    for _ in range(2):
        assert publish_privacy_notices(FOLDER) == 1
    notice = privacy_notice_in_force(now)
    assert notice.version == "2026-1"
    assert "叠二社区居民委员会" in notice.text
    assert PrivacyNotice.objects.count() == 1


def test_a_changed_text_under_an_old_version_is_refused(tmp_path: Path):
    file = tmp_path / "1.toml"
    written = 'version = "1"\nin_force_from = 2026-01-01T00:00:00+08:00\ntext_en = "a"\ntext = "{}"'
    file.write_text(written.format("甲"), "utf-8")
    publish_privacy_notices(tmp_path)
    file.write_text(written.format("乙"), "utf-8")
    assert code_of(lambda: publish_privacy_notices(tmp_path)) == "version_taken"
