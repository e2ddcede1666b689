from diedie_edu.volunteering.models.certificates import Certificate
from diedie_edu.volunteering.models.duties import Duty

__all__ = ["Certificate", "Duty"]
