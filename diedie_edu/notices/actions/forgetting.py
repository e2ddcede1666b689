"""What messages to others tell of somebody who is erased."""

import json
import re
from datetime import datetime

from django.db import connection

from diedie_edu.people.models import Resident

FORGET = """
UPDATE notices_notice SET data = regexp_replace(data::text, %s, '–', 'g')::jsonb
WHERE data::text LIKE %s
"""


def forget_name(person: Resident, now: datetime) -> None:
    """Messages to others that tell of somebody who is erased tell it without the name.

    A name is whole where no letter stands beside it: 王芳 is not part of 王芳华.
    """
    written = json.dumps(person.full_name, ensure_ascii=False)[1:-1]
    whole = rf"(?<!\w){re.escape(written)}(?!\w)"
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [whole, "%" + written.replace("\\", "\\\\") + "%"])
