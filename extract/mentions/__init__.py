"""Recognisers: each returns the mentions of its entity types in a text."""
