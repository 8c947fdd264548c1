"""Shapes of what people type about awards; forms never save."""
