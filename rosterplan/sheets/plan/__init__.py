"""`plan.xlsx`, both ways: its sheets and columns, its rows as nouns, the template, the instance made of it."""
