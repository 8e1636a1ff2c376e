"""What is left when a command is killed, the disk full, the clock wrong, or two write at once."""
