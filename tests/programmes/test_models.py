"""What must never be false of programmes, tried against the database itself."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from diedie_edu.accounts.models import User
from diedie_edu.common.references import erase
from diedie_edu.programmes.models import (
    Lead,
    Programme,
    Responsibility,
    RuleConfirmation,
    RuleVersion,
    Statement,
)
from tests.conftest import NOW
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "model", "row"),
    [
        ("lead_once", Lead, {"full_name": "唐芸"}),
        ("responsibility_once", Responsibility, {"work": "budget"}),
    ],
)
def test_a_programme_names_nothing_twice(
    programme: Programme, constraint: str, model: type, row: dict
) -> None:
    model.objects.create(programme=programme, **row)
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        model.objects.create(programme=programme, **row)
    square = Programme.objects.create(slug="happy-square", title_zh="快乐广场")
    model.objects.create(programme=square, **row)


def test_a_slug_names_one_programme(programme: Programme) -> None:
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        Programme.objects.create(slug=programme.slug, title_zh="另一个")


def test_texts_come_in_the_readers_language_and_fall_back_to_chinese(programme: Programme) -> None:
    aim = Statement(text_zh="中文", text_en="English")
    duty = Responsibility(note_zh="与社区", note_en="")
    with translation.override("en"):
        assert (aim.text, duty.note, programme.title) == ("English", "与社区", "Residents' school")
    with translation.override("zh-hans"):
        assert (aim.text, programme.summary) == ("中文", "周末讲座")


def test_a_post_outlives_the_account_of_its_holder(
    programme: Programme, make_user: Callable[..., User]
) -> None:
    user = make_user()
    post = Lead.objects.create(programme=programme, full_name="唐芸", account=user)
    erase(user, NOW)
    post.refresh_from_db()
    assert post.account is None


@pytest.fixture
def rules(programme: Programme) -> RuleVersion:
    return RuleVersion.objects.create(
        programme=programme, number=1, text_zh="工作制度", in_force_from=NOW
    )


def test_working_rules_have_a_text_and_a_number_once(rules: RuleVersion) -> None:
    with refused_by("rule_version_has_a_text"):
        RuleVersion.objects.update(text_zh="")
    rules.pk = None
    with refused_by("rule_version_once"):
        rules.save(force_insert=True)


def test_rules_are_confirmed_once_and_then_stay(rules: RuleVersion, stranger: User) -> None:
    RuleVersion.objects.update(text_zh="工作制度（试行）")
    confirm = {"user": stranger, "version": rules, "at": NOW}
    RuleConfirmation.objects.create(**confirm)
    with refused_by("rules_confirmed_once"):
        RuleConfirmation.objects.create(**confirm)
    with refused_by("rules_once_confirmed_stay_as_they_were"):
        RuleVersion.objects.update(text_zh="别的")
