"""python -m tests.bench [PART…] | --list

Measures the parts named, or all, and writes var/bench.json. Its exit code is 1 where a target
is missed. docs/benchmarks.md says what each figure means.
"""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    os.environ.setdefault("DEMO", "true")
    import django

    django.setup()
    from tests.bench.command import main

    sys.exit(main())
