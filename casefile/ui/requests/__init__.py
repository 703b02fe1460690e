"""The requests screen: list, record, timeline, clocks, and the forms that log what happens."""
