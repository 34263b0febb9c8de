"""Before anything else: personal details, emergencies, and turns that are not questions."""

from assistant.guard.guard import LONGEST, Guarded, guard

__all__ = ["LONGEST", "Guarded", "guard"]
