from diedie_edu.local.place import Place
from diedie_edu.local.run import environment, secret_key


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
