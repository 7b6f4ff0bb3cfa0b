"""What doctors sent back, in whatever form: read, put together, said back to them; and what is assumed of the silent."""
