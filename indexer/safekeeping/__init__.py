"""Sees to it that the store is not lost: backups, restores, and a halt where it is missing."""
