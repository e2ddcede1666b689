"""Keeping files with a lecture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from residents_school.actions.materials import add_material, remove_material
from residents_school.demo.handouts import pdf, picture
from residents_school.models import Lecture, Material
from residents_school.rules.materials import title_of
from tests.conftest import NOW
from tests.support.races import together
from tests.support.refusals import code_of

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
    assert kept.parent == media / "files"
    assert kept.suffix == ".pdf"
    assert "passwd" not in kept.name
    assert (kept.read_bytes(), material.file.title) == (pdf(["一"]), "passwd")


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
    assert title_of(title, name) == cleaned


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


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_keep_to_the_limit(lecture: Lecture, settings: object) -> None:
    settings.MATERIALS_PER_LECTURE = 2
    uploads = [partial(code_of, partial(add, lecture, pdf([str(n)]))) for n in range(4)]
    assert sorted(map(str, together(*uploads))) == ["None", "None", "too_many", "too_many"]
