"""The nouns of the trade, frozen, and the plain arithmetic on them; imports nothing else of ours."""
