"""The bench's command line: which parts, their figures, what is missed."""

import argparse
import faulthandler
import sys
from collections.abc import Callable, Iterable

from django.core.management import call_command

from tests.bench import (
    applications,
    dashboard,
    databases,
    exports,
    figures,
    former,
    heavy,
    imports,
    notices,
    overbooking,
    pages,
    peers,
    sign_up,
    week_plan,
)
from tests.bench.figures import Figure

LONGEST = 30 * 60  # seconds after which a bench that hangs is ended, with its servers
PARTS: dict[str, Callable[[], Iterable[Figure]]] = {
    "sign_up": sign_up.figures,
    "pages": pages.figures,
    "heavy": heavy.figures,
    "overbooking": overbooking.figures,
    "notices": notices.figures,
    "imports": imports.figures,
    "exports": exports.figures,
    "week_plan": week_plan.figures,
    "applications": applications.figures,
    "dashboard": dashboard.figures,
}
# Need more than the project's files install, and are measured where they are asked for.
MORE: dict[str, Callable[[], Iterable[Figure]]] = {
    "former": former.figures,
    "peers": peers.figures,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS | MORE)}")
    parser.add_argument("--list", action="store_true", help="print the parts and stop")
    given = parser.parse_args()
    if unknown := set(given.parts) - (PARTS | MORE).keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if given.list:
        print("\n".join(PARTS | MORE))
        return 0
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    return measure(given.parts or list(PARTS))


def measure(parts: Iterable[str]) -> int:
    """Measure and print part after part; the exit code."""
    call_command("collectstatic", interactive=False, verbosity=0)
    found: list[Figure] = []
    with databases.template():
        for part in parts:
            print(f"\n{part}", flush=True)
            for figure in (PARTS | MORE)[part]():
                print(figures.line(figure), flush=True)
                figures.keep(figure)
                found.append(figure)
    return _judged(found)


def _judged(found: Iterable[Figure]) -> int:
    """Says which targets are missed, and of which nothing can be said; the exit code."""
    verdicts: dict[str, list[str]] = {"missed": [], "too loud": []}
    for figure in found:
        verdicts.get(figure.verdict, []).append(figure.name)
    if verdicts["missed"]:
        print(f"\n✗ missed: {', '.join(verdicts['missed'])}", file=sys.stderr)
    if verdicts["too loud"]:
        print(
            f"\n? not judged, for this machine had other work to do: "
            f"{', '.join(verdicts['too loud'])}. Measure again when it is quiet.",
            file=sys.stderr,
        )
    if any(verdicts.values()):
        return 1
    print("\n✓ every target is met")
    return 0
