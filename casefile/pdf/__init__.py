"""Everything done to a foreign file, in sandboxed processes."""
