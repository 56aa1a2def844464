"""studydeck: curated YAML flashcards compiled to Anki packages and study sheets."""

__version__ = "0.9.0"
