#!/usr/bin/env python3
"""The one command of this repository: run it, test it, break it. Needs only Python 3.11 or later."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Harbour needs Python 3.11 or later; this is " + sys.version.split()[0] + ".")

from launcher.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
