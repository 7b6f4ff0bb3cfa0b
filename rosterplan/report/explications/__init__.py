"""Explanations as people read them: on screen, in a workbook per question, in a letter; the same sentences everywhere."""
