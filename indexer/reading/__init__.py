"""Reads untrusted files in sandboxed processes, with limits on time and memory."""
