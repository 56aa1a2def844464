"""studydeck: curated YAML flashcards compiled to Anki packages and study sheets."""
