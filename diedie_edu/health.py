"""Asks a running portal how it is; the health check of the containers.

`python -m diedie_edu.health [http://web:8000]` ends with 0 if the portal does its work.
"""

import http.client
import os
import sys
from contextlib import closing

from diedie_edu.common.outside import web_connection, within


def is_well(address: str) -> bool:
    """Whether /healthz at `address` answers 200."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    try:
        with within(5), closing(web_connection(address)) as connection:
            connection.request("GET", "/healthz", headers={"Host": host})
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not is_well(sys.argv[1] if sys.argv[1:] else "http://127.0.0.1:8000"))
