"""How the page looks: Gradio's own theme turned down, and our style sheet."""

from pathlib import Path
from typing import Any

STYLES = Path(__file__).parent / "assets" / "page.css"
_FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]


def theme() -> Any:
    """Gradio's plain theme in our colours, with the system's own typeface."""
    import gradio as gr  # heavy; only for the page

    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.slate,
        font=_FONT,
        font_mono=["ui-monospace", "Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_md,
    )
