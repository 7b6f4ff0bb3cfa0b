"""Other ways to make the same roster, and the table that sets them side by side."""
