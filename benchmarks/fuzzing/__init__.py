"""Random and hostile inputs for whatever reads from outside, and what came of them."""
