"""The files of a publication: one per recipient, each with what that recipient may and must read."""
