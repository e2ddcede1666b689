from residents_school.models.lectures import Lecture

__all__ = ["Lecture"]
