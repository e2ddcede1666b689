"""Back-ups and the list of endings: settings, from the environment; docs/operate.md."""

from environ import Env as _Env

_env = _Env()

# A key as one of FIELD_KEYS; without it no back-up opens. Where a folder is named, one is made in
# it every night after so many o'clock, and those of the last days are kept.
BACKUP_KEY = _env("BACKUP_KEY", default="")
BACKUP_FOLDER = _env("BACKUP_FOLDER", default="")
BACKUP_HOUR = _env.int("BACKUP_HOUR", 2)
BACKUP_KEEP_DAYS = _env.int("BACKUP_KEEP_DAYS", 30)
# The list of endings outside the database; beside the files where nothing else is said.
ENDINGS_FILE = _env("ENDINGS_FILE", default="")
