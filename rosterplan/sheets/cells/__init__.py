"""Any file someone sent, as plain values with addresses; and what one cell of it means, else a problem there."""
