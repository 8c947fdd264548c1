"""How this country writes dates and numbers, for what Django itself shows and reads."""
