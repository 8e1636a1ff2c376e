"""Measures of networks, one module a family; each module says what it computes and whose definition it is."""
