"""Shapes, what breaks them, and how that is said in plain words."""
