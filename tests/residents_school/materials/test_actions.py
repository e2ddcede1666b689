"""Keeping files with a lecture."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_now
from residents_school.actions.materials import add_material, remove_material, tidy_materials
from residents_school.demo.handouts import pdf, picture
from residents_school.models import Lecture, Material
from residents_school.rules.materials import clean_title
from tests.conftest import NOW
from tests.support.races import together
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture], media: Path) -> Lecture:
    return make_lecture()


def add(lecture: Lecture, data: bytes, name: str = "提纲.pdf", title: str = "") -> Material:
    return add_material(lecture=lecture, data=data, file_name=name, title=title, by=None, now=NOW)


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_that_tells_nothing(lecture: Lecture, media: Path) -> None:
    material = add(lecture, pdf(["一"]), "../../etc/passwd.html")
    (kept,) = files(media)
    assert kept.parent == media / "materials"
    assert kept.suffix == ".pdf"
    assert "passwd" not in kept.name
    assert (kept.read_bytes(), material.title) == (pdf(["一"]), "passwd")


def test_the_same_file_again_is_harmless(lecture: Lecture, media: Path) -> None:
    assert add(lecture, pdf(["一"])) == add(lecture, pdf(["一"]), "别的名字.pdf")
    assert len(files(media)) == 1


def test_too_large_too_many_and_the_wrong_kind_keep_nothing(
    lecture: Lecture, media: Path, settings: object
) -> None:
    limit = 10 * 1024 * 1024
    assert code_of(partial(add, lecture, b"%PDF-" + b"0" * (limit - 4))) == "large"
    assert code_of(partial(add, lecture, b"%PDF-" + b"0" * (limit - 5))) == "damaged"
    assert code_of(partial(add, lecture, b"<html>", "slides.pdf")) == "kind"
    settings.MATERIALS_PER_LECTURE = 1
    add(lecture, pdf(["一"]))
    assert code_of(partial(add, lecture, picture())) == "too_many"
    assert len(files(media)) == Material.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "name", "cleaned"),
    [
        ("讲课提纲", "x.pdf", "讲课提纲"),
        ("", "C:\\fakepath\\家常菜.pdf", "家常菜"),
        ("", "../../x/菜谱.v2.pdf", "菜谱.v2"),
        ("  a\u202e\x00b\n ", "x.pdf", "a b"),
        ('"><script>', "x.pdf", "script"),
        ("", "...pdf", "资料"),
        ("长" * 200, "x.pdf", "长" * 80),
    ],
)
def test_of_a_name_only_a_clean_title_is_kept(title: str, name: str, cleaned: str) -> None:
    assert clean_title(title, name) == cleaned


def test_the_file_goes_with_its_row(
    lecture: Lecture, media: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    material = add(lecture, picture())
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            remove_material(material=material, by=None)
    assert files(media) == []
    assert not Material.objects.exists()


def test_the_file_stays_where_removing_fails(lecture: Lecture, media: Path) -> None:
    remove_material(material=add(lecture, picture()), by=None)  # never committed
    assert len(files(media)) == 1


def test_files_without_a_row_are_tidied_up_once_they_are_old(lecture: Lecture, media: Path) -> None:
    kept = add(lecture, picture())
    (media / "materials" / "orphan.pdf").write_bytes(b"x")
    assert tidy_materials(now=local_now()) == 0
    assert tidy_materials(now=local_now() + timedelta(hours=2)) == 1
    assert default_storage.exists(kept.file.name)
    call_command("tidy_materials")


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_keep_to_the_limit(lecture: Lecture, settings: object) -> None:
    settings.MATERIALS_PER_LECTURE = 2
    uploads = [partial(code_of, partial(add, lecture, pdf([str(n)]))) for n in range(4)]
    assert sorted(map(str, together(*uploads))) == ["None", "None", "too_many", "too_many"]


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("material_is_not_empty", {"size": 0}),
        ("material_kind_is_known", {"kind": "html"}),
    ],
)
def test_a_material_makes_sense(lecture: Lecture, constraint: str, change: dict) -> None:
    add(lecture, picture())
    with refused_by(constraint):
        Material.objects.update(**change)


def test_a_file_is_once_with_a_lecture(lecture: Lecture, make_user: Callable[..., User]) -> None:
    add(lecture, picture())
    add(lecture, pdf(["一"]))
    with refused_by("material_once_per_lecture"):
        Material.objects.update(sha256="0" * 64)
