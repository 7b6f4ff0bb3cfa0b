"""Explanations as people read them: on screen, in `explications.xlsx`, in a letter; the same sentences everywhere."""
