"""On-call rostering (MiniZinc challenge 2013, Julien Fischer) as an ordinary plan."""
