"""What pages, papers and sheets of the awards show, as frozen values."""
