"""The pages and the JSON for documents that are sent in."""
