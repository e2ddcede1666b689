from diedie_edu.decisions.models.deputies import Deputy
from diedie_edu.decisions.models.requests import Request
from diedie_edu.decisions.models.states import CLOSED, DECIDED, OPEN, State
from diedie_edu.decisions.models.steps import ERASED, Step

__all__ = ["CLOSED", "DECIDED", "ERASED", "OPEN", "Deputy", "Request", "State", "Step"]
