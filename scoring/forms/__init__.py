"""Shapes of what people type in the scoring; forms never save."""
