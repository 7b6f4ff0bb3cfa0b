"""Planning folders with invented people, of the sizes the sources give: `python -m benchmarks.folders 53-pdsa`."""
