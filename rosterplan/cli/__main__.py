"""`python -m rosterplan.cli` is `rosterplan`."""

from rosterplan.cli.main import main

if __name__ == "__main__":
    main()
