"""Real servers for tests, on loopback: OpenSearch nodes, and PostgreSQL."""
