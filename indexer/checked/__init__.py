"""What was found of a draft in; the same for programs, and in words for people, out."""
