"""Compares what a document says from edition to edition, so that an id follows its paragraph."""
