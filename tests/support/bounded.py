"""Reading lists where that may take only so much memory and time, as in a worker."""

import pickle  # nosec B403: between a test and its own child
import subprocess
import sys
from collections.abc import Sequence

MEMORY = 500  # MB of addresses, of which Python and its libraries take about 150
PROGRAM = """
import pickle, resource, sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import xml_member
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import NAME, PHONE
contents = pickle.load(sys.stdin.buffer)
held = sum(map(len, contents))
resource.setrlimit(resource.RLIMIT_AS, ((MEMORY << 20) + held,) * 2)
if WITHOUT:
    setattr(xml_member, WITHOUT, 10**15)
for content in contents:
    began = time.process_time()
    try:
        found = f"{len(read_table(content, [NAME, PHONE]).rows)} rows"
    except Refused as refusal:
        found = refusal.code
    print(f"{found}\\t{time.process_time() - began:.2f}", flush=True)
"""


def read_bounded(contents: Sequence[bytes], without: str = "") -> list[tuple[str, float]]:
    """Of each file the number of rows, or why it is refused, and the seconds of a processor.

    Shorter than `contents` where one broke the bound of memory and ended the child. `without` names
    a bound of `xml_member` that is lifted.
    """
    done = subprocess.run(
        [sys.executable, "-c", f"MEMORY, WITHOUT = {MEMORY}, {without!r}\n{PROGRAM}"],
        input=pickle.dumps(list(contents)),
        capture_output=True,
    )
    lines = [line.partition("\t") for line in done.stdout.decode().splitlines()]
    return [(found, float(seconds)) for found, _tab, seconds in lines]
