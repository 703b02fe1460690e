"""What must hold on a whole journey, seen from outside the program."""
