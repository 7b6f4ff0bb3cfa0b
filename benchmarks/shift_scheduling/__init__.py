"""Shift scheduling (schedulingbenchmarks.org; Curtois & Qu 2014, doi 10.1016/j.ejor.2014.01.039) as an ordinary plan."""
