"""Documents sent by those who hold a token in, the pages and the JSON about them out."""
