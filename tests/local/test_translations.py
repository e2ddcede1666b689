import gettext
import os
from pathlib import Path

from diedie_edu.local.translations import compile_translations

PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Seat"\nmsgstr "座位"\n'
)


def test_a_translation_is_compiled_so_that_gettext_reads_it(tmp_path: Path) -> None:
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    (compiled,) = compile_translations(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Seat") == "座位"


def test_what_is_compiled_already_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(PO)
    compile_translations(tmp_path)
    assert compile_translations(tmp_path) == []
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert len(compile_translations(tmp_path)) == 1
