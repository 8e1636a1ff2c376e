"""The command line where the `govkg` script is not on the path: `python -m kg.cli`."""

from kg.cli import main

if __name__ == "__main__":
    main()
