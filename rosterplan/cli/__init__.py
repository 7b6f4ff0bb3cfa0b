"""The command line: the only room that prints and exits; a file per command family."""
