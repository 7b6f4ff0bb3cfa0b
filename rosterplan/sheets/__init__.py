"""Workbooks in and out: what people type becomes nouns, or problems in plain words; inputs are never modified.

``cells`` knows what a file and a cell say, ``plan`` is `plan.xlsx`, ``forms`` is what is sent, ``answers`` what comes
back, ``tableau`` what people changed in a roster. Here: a whole folder, `instance.json`, the lists `check` writes.
"""
