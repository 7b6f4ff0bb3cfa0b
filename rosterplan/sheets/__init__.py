"""Workbooks in and out: what people type becomes nouns, or problems in plain words; inputs are never modified."""
