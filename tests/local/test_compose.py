"""compose.yaml may be scaled: nothing in it is there once where there may be several."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from diedie_edu.local.place import REPOSITORY
from tests.support.pgbouncer import shipped

GIVES_UP = 60  # seconds: nginx as docs/deploy.md has it, and most others


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "compose.yaml").read_text("utf-8"))["services"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_may_run_several_times_has_nothing_of_its_own(
    services: dict[str, Any], name: str
) -> None:
    """Neither a port of the machine nor a name, nor a folder that only one can write."""
    assert not services[name].keys() & {"ports", "container_name", "hostname"}
    written = [volume.split(":")[0] for volume in services[name].get("volumes", [])]
    assert set(written) <= {"media", "${BACKUPS"}


def test_the_proxy_alone_listens_and_finds_all_of_them(services: dict[str, Any]) -> None:
    listening = {name for name, service in services.items() if service.get("ports")}
    assert listening == {"proxy"}
    [port] = services["proxy"]["ports"]
    assert port.startswith("${WEB_ADDRESS:-127.0.0.1}:")
    [mounted] = services["proxy"]["volumes"]
    said = (REPOSITORY / mounted.split(":")[0]).read_text("utf-8")
    assert "dynamic a web 8000" in said
    assert services["web"]["expose"] == ["8000"]


def test_tables_are_made_once_and_past_the_pool(services: dict[str, Any]) -> None:
    migrate = services["migrate"]
    assert migrate["restart"] == "no"
    assert migrate["environment"]["POOLED"] == "false"
    assert "@postgres:5432/" in migrate["environment"]["DATABASE_URL"]
    assert "manage.py limit_time" in migrate["command"][-1]
    waiting = {
        name for name, service in services.items() if "migrate" in service.get("depends_on", {})
    }
    assert waiting == {"web", "worker", "beat"}


def test_database_and_broker_may_stand_elsewhere(services: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        environment = services[name]["environment"]
        assert environment["DATABASE_URL"].startswith("${DATABASE_URL:-")
        assert environment["CELERY_BROKER_URL"].startswith("${CELERY_BROKER_URL:-")


def test_the_pool_is_the_one_that_was_tried(services: dict[str, Any]) -> None:
    pool = services["pgbouncer"]
    assert pool["profiles"] == ["pool"]
    assert '"pgbouncer=1.18.*"' in pool["build"]["dockerfile_inline"]
    assert Path(pool["volumes"][0].split(":")[0]) == Path("pgbouncer.ini")
    assert shipped()["pool_mode"] == "transaction"
    assert int(shipped()["query_wait_timeout"]) < GIVES_UP
    assert shipped()["ignore_startup_parameters"] == ""


def test_every_image_says_its_version(services: dict[str, Any]) -> None:
    images = {service["image"] for service in services.values() if "build" not in service}
    assert {image for image in images if ":" not in image or image.endswith(":latest")} == set()
