from diedie_edu.portal.demo.accounts import SIGN_INS
from diedie_edu.portal.demo.loading import load_demo

__all__ = ["SIGN_INS", "load_demo"]
