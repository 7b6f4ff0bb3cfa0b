"""Why: contradictions, holes, doctors. Imports the model only inside the functions that solve."""
