"""Spanish: numbers, dates, times, amounts, names, acts and answers, all read from words without accents."""
