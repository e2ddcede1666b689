import socket

import pytest

from diedie_edu.local.place import Place
from diedie_edu.local.run import environment, require_free, secret_key
from diedie_edu.local.say import Failed


def test_a_busy_port_is_refused_with_the_way_out() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Failed) as refusal:
            require_free(port)
    assert f"make run PORT={port + 1}" in refusal.value.chinese
    assert f"make run PORT={port + 1}" in refusal.value.english


def test_the_secret_key_stays_the_same_and_is_nobody_elses(place: Place) -> None:
    place.folder.mkdir()
    first = secret_key(place)
    assert secret_key(place) == first
    assert len(first) >= 50
    assert (place.folder / "secret_key").stat().st_mode & 0o077 == 0


def test_what_the_environment_says_already_stands(place: Place) -> None:
    place.folder.mkdir()
    env = environment(8123, place, {"PORTAL_URL": "http://desk.example"})
    assert env["PORTAL_URL"] == "http://desk.example"
    assert env["DEMO"] == "true"
