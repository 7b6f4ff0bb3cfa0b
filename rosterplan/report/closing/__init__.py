"""The files of a closing: the list of duties really served, the statement of forfaits, the balances."""
