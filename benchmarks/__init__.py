"""Generated instances and measurements: honest, side by side, on one machine in one run."""
