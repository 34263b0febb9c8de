"""`python -m assistant`: the command line without the page."""

import sys

from assistant.cli import main

sys.exit(main())
