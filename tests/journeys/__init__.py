"""From the reporter's first key to the last: the real window, its real threads, a real case."""
