"""Readers that misbehave, one a file, for tests of what that costs."""
