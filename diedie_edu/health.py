"""Asks a running portal how it is; the health check of the containers.

`python -m diedie_edu.health [http://web:8000]` ends with 0 if the portal does its work.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def is_well(address: str) -> bool:
    """Whether /healthz at `address` answers 200."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_well(sys.argv[1] if sys.argv[1:] else "http://127.0.0.1:8000"))
