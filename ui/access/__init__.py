"""Who and what is let in to the page: the address, the sign-in, the limits and the headers.

Each module but the first two is one layer around the page; `ui.server` puts them together.
"""
