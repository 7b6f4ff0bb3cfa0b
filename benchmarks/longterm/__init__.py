"""Duties of hospital physicians over a year (chrisnig/long-term-workload; Gross, Fügener, Brunner) as ordinary plans."""
