import pytest
from django.test import RequestFactory

from diedie_edu.accounts.throttling import client_name, network_of


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, None, "192.0.2.9"),
        (0, "198.51.100.7", "192.0.2.9"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "made up, 198.51.100.7", "198.51.100.7"),
        (2, "made up, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "10.0.0.1", "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "[2001:db8:1:3::1]:4711", "2001:db8:1:3::"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "2002:c633:6407::1", "198.51.100.7"),
        (1, "unknown", "0.0.0.0"),
    ],
)
def test_the_address_is_the_one_our_own_proxies_saw(settings, proxies, passed_on, address):
    settings.PROXY_COUNT = proxies
    headers = {} if passed_on is None else {"X-Forwarded-For": passed_on}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.9")
    assert network_of(request) == address


def test_a_phone_counts_as_one_however_it_is_written():
    request = RequestFactory().get("/")
    ways = ["13800138000", "+86 138-0013-8000", "１３８００１３８０００"]
    names = {client_name(request, {"username": way}) for way in ways}
    assert len(names) == 1
    assert names == {client_name(request, {"phone": ways[0]})}


def test_the_phone_itself_does_not_reach_the_counter():
    name = client_name(RequestFactory().get("/"), {"phone": "13800138000"})
    assert "138" not in name or len(name) == 64
    assert name != client_name(RequestFactory().get("/"), {"phone": "13800138001"})
