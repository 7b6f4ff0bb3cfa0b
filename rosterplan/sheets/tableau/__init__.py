"""A roster that people corrected or chose in a meeting, and `corrections.xlsx`: who holds what now, what must stay."""
