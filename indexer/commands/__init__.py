"""The commands of `pilcrow`: options in; lines for a person, or JSON, out."""
