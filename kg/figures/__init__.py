"""Figures of the measures, made with matplotlib: PNG and SVG, in Chinese, the same bytes each time."""
