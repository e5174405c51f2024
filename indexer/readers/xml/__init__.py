"""Reads the XML of official documents: Akoma Ntoso, USLM, FORMEX and TEI."""
