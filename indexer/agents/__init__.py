"""What a language model asks of a library, and answers that fit into what it can take."""
