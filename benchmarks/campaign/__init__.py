"""Every measurement of the engine in one plan that can be cut anywhere and taken up again."""
