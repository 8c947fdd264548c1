"""Print the names of the environment, one to a line; started by `test_confined.py`."""

import os
import sys

if __name__ == "__main__":
    sys.stdout.write("\n".join(os.environ))
