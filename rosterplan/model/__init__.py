"""From canvas to roster: compile, search, bound. Alone imports ortools and highspy."""
