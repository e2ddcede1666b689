"""The back-up of every night, and the end of old ones."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from diedie_edu.common.days import local
from diedie_edu.keeping.actions.runs import noted
from diedie_edu.keeping.actions.saving import back_up
from diedie_edu.keeping.actions.sealing import key_of
from diedie_edu.keeping.queries import upkeep

NAMED = "portal-{:%Y-%m-%d-%H%M}.backup"


def save_if_due(now: datetime) -> Path | None:
    """Make tonight's back-up, if a folder is named, its hour has come and there is none yet; one
    that failed is tried again by the next bell. Raises whatever stopped it."""
    if not upkeep.is_saved_nightly() or not _is_due(now):
        return None
    folder = Path(settings.BACKUP_FOLDER)
    with noted(upkeep.NIGHTLY):
        path = folder / NAMED.format(local(now))
        back_up(path=path, key=key_of(settings.BACKUP_KEY), now=now)
        _forget_old(folder, now)
    return path


def _is_due(now: datetime) -> bool:
    """A night begins at BACKUP_HOUR by the clock on the wall."""
    here = local(now)
    night = here.replace(hour=settings.BACKUP_HOUR, minute=0, second=0, microsecond=0)
    if here < night:
        night -= timedelta(days=1)
    last = upkeep.saved_at()
    return last is None or not night <= last <= now


def _forget_old(folder: Path, now: datetime) -> None:
    """Ours alone, by their names; half ones of a process that died too."""
    oldest = NAMED.format(local(now) - timedelta(days=settings.BACKUP_KEEP_DAYS))
    for path in folder.glob("portal-*.backup*"):
        if path.name < oldest or path.suffix == ".part":
            path.unlink(missing_ok=True)
