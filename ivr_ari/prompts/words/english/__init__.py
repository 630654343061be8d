"""English, as a clerk in the United States says it."""
