"""Private people: who they are, and how a dataset is written without their names."""
