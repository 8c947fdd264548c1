"""Official papers of an award dossier, from datasets to bytes."""
