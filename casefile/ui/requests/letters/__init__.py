"""The letters of a records request: drafted, written, kept, copied and saved. Nothing is sent."""
