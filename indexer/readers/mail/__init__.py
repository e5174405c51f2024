"""Reads what is laid out as mail: messages, and web pages saved in one file."""
