"""How the page looks: Gradio's own theme turned down, our style sheets and our few lines of script."""

from pathlib import Path
from typing import Any

_ASSETS = Path(__file__).parent / "assets"
STYLES = sorted(_ASSETS.glob("*.css"), key=lambda path: (path.stem != "page", path.stem))  # the page's own first
SCRIPTS = sorted(_ASSETS.glob("*.js"))
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
