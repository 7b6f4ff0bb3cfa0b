"""rosterplan plans doctors' guards in France: fair rosters, with a proof and an independent audit."""

__version__ = "0.1.0"
