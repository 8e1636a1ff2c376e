"""What a curator is asked, and how the answers come into the rulings."""
