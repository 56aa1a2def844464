"""Outputs, one a file. They never import each other."""
