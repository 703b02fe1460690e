"""Reading a document: pages on a canvas, marks, find, quotes. One widget a file."""
