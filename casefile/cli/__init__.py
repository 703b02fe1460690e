"""The command line: thin, over the services. ``main.run`` is its only door."""
