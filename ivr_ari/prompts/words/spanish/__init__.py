"""Spanish, as a clerk in Spain or America says it."""
