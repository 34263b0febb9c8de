"""Checking a draft against the 22 pitfalls."""
