"""What keeping brings to the shared rooms."""

from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import DeskProblems
from diedie_edu.keeping.queries import desk

MANIFEST = Manifest(parts=(DeskProblems(desk.problems),))
