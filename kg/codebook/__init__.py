"""The codebook: what each class and relation means, what finds it, how well, and how often."""
