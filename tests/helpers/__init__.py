"""What several tests need: files of many formats, processes to kill, corpora to grow."""
