"""How fast the program is, always beside another program that does the same work."""
