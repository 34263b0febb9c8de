"""What the page shows, as HTML: pure functions, and the only place that makes HTML, so that all escaping is here."""
