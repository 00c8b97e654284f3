"""Taking bulk rows in: read a file, translate it, check every row, write, account for all."""
