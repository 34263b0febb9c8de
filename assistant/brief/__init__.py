"""A briefing for a new leader: what their arrangement is in law, what goes wrong at this stage, what to ask.

Everything comes from the library; no index is opened, and nothing is searched.
"""
