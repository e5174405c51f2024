"""What happens in the corpus folder in; syncs of what has changed out, beside a server or alone."""
