"""Back-ups: one archive with all that the library folder and the index cannot do without.

In it are the files that readers added, with what was read from them, the counts of the gap log, and
the live index, so that restoring is quick. Not in it: questions in words, which are kept for a few days
only, and accounts, since an old back-up would let people in again who were shut out. A back-up still
holds what was removed from the library after it was made.
"""

from assistant.backup.archive import Contents
from assistant.backup.restore import losses, restore
from assistant.backup.write import back_up

__all__ = ["Contents", "back_up", "losses", "restore"]
