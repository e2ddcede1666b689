"""Serves the portal of the checkout that it is run in, a season loaded, until its input ends.

`former` runs it by that checkout's own Python, so it may ask of `tests.bench` only what stood there
then. Prints one line of JSON: what `former.Former` holds.
"""

import json
import os
import sys
from dataclasses import asdict

if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  the checkout, not where this file lies
    os.environ["DJANGO_SETTINGS_MODULE"] = "diedie_edu.settings"
    os.environ["DEMO"] = "true"
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import reverse

    from tests.bench.databases import analyse, copy, template
    from tests.bench.season import add_lectures, add_people
    from tests.bench.servers import PORTAL, served

    people, lectures = map(int, sys.argv[1:])
    call_command("collectstatic", interactive=False, verbosity=0)
    with template(), copy("beside") as database:
        visitors = [asdict(person) for person in add_people(people)]
        numbers = add_lectures(lectures, capacity=people)
        analyse()
        with served(PORTAL, database) as server:
            told = {
                "port": server.address[1],
                "pid": server.child.process.pid,
                "database": database,
                "people": visitors,
                "list": reverse("residents_school:lecture_list"),
                "lectures": [
                    (
                        number,
                        reverse("residents_school:lecture_detail", args=[number]),
                        reverse("activities:sign_up", args=[number]),
                    )
                    for number in numbers
                ],
            }
            print(json.dumps(told), flush=True)
            sys.stdin.read()
