"""Real servers for tests: a cluster of OpenSearch nodes on loopback."""
