"""The explorer: a network view as one HTML page that opens with no network."""
