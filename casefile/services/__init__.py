"""What a reporter does, one module a verb. No Qt."""
