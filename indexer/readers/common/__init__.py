"""What readers of several formats share: encodings, dates, numerals, archives, metadata."""
