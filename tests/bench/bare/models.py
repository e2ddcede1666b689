"""The portal's own models, and its account without roles in every session's hash."""

from django.contrib.auth.base_user import AbstractBaseUser

from diedie_edu.accounts.models import User as Account


class User(Account):
    get_session_auth_hash = AbstractBaseUser.get_session_auth_hash

    class Meta:
        proxy = True
