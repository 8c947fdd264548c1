"""Scales, score sheets and rankings as workbooks, and the minutes of a block."""
