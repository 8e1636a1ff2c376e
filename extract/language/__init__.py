"""What we know about the language: lexicon, relations, places, as data and the readers of it."""
