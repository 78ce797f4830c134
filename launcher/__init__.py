"""Sets Harbour up and runs it on a machine that has only Python. Standard library only.

Nothing here imports Django or the product: it must work before anything is installed.
"""
