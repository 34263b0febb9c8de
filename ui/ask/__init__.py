"""The Ask tab: a question, its answer, and beside it the sources that it cites."""

from ui.ask.tab import ask_tab

__all__ = ["ask_tab"]
