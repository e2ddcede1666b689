"""What each app brings to the rooms below it: plain data, read once at start.

An app says it in one place: a programme in its `programme.py`, a shared room in its `room.py`, each
with a `MANIFEST`. Its parts are frozen dataclasses that belong to the rooms which read them (a list
to `lists`, a kind of message to `notices`), so a room knows nothing of those above it:
`parts_of(ListKind)` are the lists of all apps.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

Part = TypeVar("Part")
NAMES = ("programme", "room")


@dataclass(frozen=True)
class Manifest:
    """What one app brings."""

    parts: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Programme(Manifest):
    """One of the plan's programmes.

    `slug` names it in addresses, roles and tables and stays for ever; `title` is for choices, its
    page has the title that staff keep. `tone` and `icon` are its look, `urls` its addresses.
    """

    slug: str
    title: Promise
    tone: str
    icon: str
    urls: str = ""


@cache
def manifests() -> tuple[Manifest, ...]:
    """Those of all installed apps, in the order of INSTALLED_APPS."""
    return tuple(
        import_module(f"{app.name}.{name}").MANIFEST
        for app in apps.get_app_configs()
        for name in NAMES
        if app.module is not None and module_has_submodule(app.module, name)
    )


@cache
def parts_of(kind: type[Part]) -> tuple[Part, ...]:
    """Every part of this class that any app brings, in the order of the manifests."""
    found = (part for manifest in manifests() for part in manifest.parts)
    return tuple(part for part in found if isinstance(part, kind))


@cache
def parts_in(slug: str, kind: type[Part]) -> tuple[Part, ...]:
    """Those that one programme (its slug) brings itself."""
    parts = programmes()[slug].parts if slug in programmes() else ()
    return tuple(part for part in parts if isinstance(part, kind))


@cache
def parts_by(kind: type[Part], name: str) -> dict[str, Part]:
    """The same by one of their fields. Raises `ValueError` where two parts have the same value."""
    found: dict[str, Part] = {}
    for part in parts_of(kind):  # type: ignore[arg-type]
        key = getattr(part, name)
        if found.setdefault(key, part) is not part:
            raise ValueError(f"There are two parts {kind.__name__} with the {name} {key}.")
    return found


@cache
def programmes() -> dict[str, Programme]:
    """The programmes by their slugs, in the plan's order."""
    found = (manifest for manifest in manifests() if isinstance(manifest, Programme))
    return {programme.slug: programme for programme in found}


def programme_choices() -> list[tuple[str, Promise]]:
    """For columns that name a programme by its slug."""
    return [(programme.slug, programme.title) for programme in programmes().values()]


def defined_in(module: ModuleType, kind: type[Part]) -> tuple[Part, ...]:
    """Every part of this class that a module holds under a name."""
    return tuple(value for value in vars(module).values() if isinstance(value, kind))


def read_manifests() -> None:
    """Read them anew: a fault in one stops the start, and no visitor waits for them."""
    for remembered in (manifests, parts_of, parts_in, parts_by, programmes):
        remembered.cache_clear()
    manifests()
