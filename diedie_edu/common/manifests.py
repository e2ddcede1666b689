"""What each app brings to the rooms below it: plain data, read once at start.

An app says it in one place: a programme in its `programme.py`, a shared room in its `room.py`, each
with a `MANIFEST`. Its parts are frozen dataclasses that belong to the rooms which read them (a list
to `lists`, a kind of message to `notices`), so a room knows nothing of those above it:
`parts_of(ListKind)` are the lists of all apps.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

Part = TypeVar("Part")
NAMES = ("room", "programme")


@dataclass(frozen=True)
class Manifest:
    """What one app brings."""

    parts: tuple[object, ...] = ()


@cache
def manifests() -> tuple[Manifest, ...]:
    """Those of all installed apps, the shared rooms from the lowest up, then the programmes."""
    installed = [app for app in reversed(list(apps.get_app_configs())) if app.module is not None]
    return tuple(
        import_module(f"{app.name}.{name}").MANIFEST
        for name in NAMES
        for app in installed
        if app.module is not None and module_has_submodule(app.module, name)
    )


@cache
def parts_of(kind: type[Part]) -> tuple[Part, ...]:
    """Every part of this class that any app brings, in the order of the manifests."""
    found = (part for manifest in manifests() for part in manifest.parts)
    return tuple(part for part in found if isinstance(part, kind))
