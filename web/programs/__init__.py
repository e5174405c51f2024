"""The API: what programs ask, its description made from the code, a page of it."""
