"""Before anything else: personal details, emergencies, and turns that are not questions."""

from assistant.guard.guard import LONGEST, Guarded, guard
from assistant.guard.plight import is_about_somebody

__all__ = ["LONGEST", "Guarded", "guard", "is_about_somebody"]
