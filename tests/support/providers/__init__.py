"""Providers of text messages on the loopback, in the protocols that they publish.

Each checks the signature of every call by its own arithmetic, keeps a ledger, and answers in the
mood that it is given.
"""

from tests.support.providers.alibaba import AlibabaCloud
from tests.support.providers.tencent import TencentCloud

BY_BACKEND = {"alibaba": AlibabaCloud, "tencent": TencentCloud}
__all__ = ["BY_BACKEND", "AlibabaCloud", "TencentCloud"]
