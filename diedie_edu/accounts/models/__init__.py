from diedie_edu.accounts.models.codes import OneTimeCode
from diedie_edu.accounts.models.devices import Device
from diedie_edu.accounts.models.privacy import NoticeAcceptance, PrivacyNotice
from diedie_edu.accounts.models.roles import RoleChange, RoleGrant
from diedie_edu.accounts.models.second_factors import RecoveryCode, SecondFactor
from diedie_edu.accounts.models.trail import SecurityEvent
from diedie_edu.accounts.models.tries import Tries
from diedie_edu.accounts.models.users import User

__all__ = [
    "Device",
    "NoticeAcceptance",
    "OneTimeCode",
    "PrivacyNotice",
    "RecoveryCode",
    "RoleChange",
    "RoleGrant",
    "SecondFactor",
    "SecurityEvent",
    "Tries",
    "User",
]
