"""Figures of the scoring as frozen values, for pages, documents and sheets alike."""
