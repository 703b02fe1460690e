"""Settings: how the case is kept safe, and how the window looks."""
