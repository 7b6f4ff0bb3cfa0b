"""`tableau.xlsx`: the roster as people use it, printed, corrected by hand, checked and sent (one file per sheet family)."""

from rosterplan.report.tableau.workbook import tableau_xlsx

__all__ = ["tableau_xlsx"]
