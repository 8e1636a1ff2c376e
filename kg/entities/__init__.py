"""Entities: what a store knows of one entity, of one article, of all of it; made for pages, free of them."""
