"""Measurements: speed, memory and size, the quality of extraction, and the README's picture."""
