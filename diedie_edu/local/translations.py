"""Compiles the translations with polib, so that no machine needs gettext.

`python -m diedie_edu.local.translations` does it by hand.
"""

from pathlib import Path

import polib

from diedie_edu.local.place import REPOSITORY


def compile_translations(folder: Path = REPOSITORY / "locale") -> list[Path]:
    """Write a .mo beside each .po below `folder` that is newer; returns those written."""
    stale = [source for source in sorted(folder.rglob("*.po")) if _is_stale(source)]
    for source in stale:
        polib.pofile(source).save_as_mofile(source.with_suffix(".mo"))
    return [source.with_suffix(".mo") for source in stale]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    compile_translations()
