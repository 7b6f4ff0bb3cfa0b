"""What hospitals need to see beside the roster: tables of service, contributions, piloting, statements, who is on call."""
