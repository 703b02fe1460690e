"""The worker's side: the only place where a foreign file is parsed, one document a process."""
