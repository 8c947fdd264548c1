"""The shape of what people type, one file per noun. Forms never save."""
