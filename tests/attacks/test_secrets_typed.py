"""Every place where something secret is typed: one way in, and what is wrong is counted."""

from tests.support.sources import files_with


def test_every_code_goes_out_and_comes_in_by_one_way():
    assert files_with(r"codes\.(send|redeem)_code\(") == {"diedie_edu/portal/sign_in/asking.py"}
    assert files_with(r"asking\.(send|redeem)\(") == {
        "diedie_edu/portal/sign_in/views/codes.py",
        "diedie_edu/portal/own/views/family.py",
        "diedie_edu/portal/phones/views/own.py",
    }


def test_every_password_is_tried_by_one_way():
    assert files_with(r"\bauthenticate\(\w") == {"diedie_edu/portal/sign_in/forms.py"}
    assert files_with(r"\.check_password\(") == {"diedie_edu/accounts/backends.py"}


def test_every_place_where_something_secret_is_typed_counts_what_is_wrong():
    """Numbers at a kiosk, of a certificate, and the short ends of links in messages; all other
    links are signed with 128 bits."""
    assert files_with(r"MISSES\.count\(") == {
        "diedie_edu/door/actions/kiosk.py",
        "diedie_edu/portal/certificates/actions.py",
        "diedie_edu/notices/actions/__init__.py",
        "after_school/actions/whereabouts.py",
    }


def test_networks_are_told_apart_in_one_place():
    assert files_with(r"\"(REMOTE_ADDR|X-Forwarded-For)\"") == {"diedie_edu/accounts/throttling.py"}
