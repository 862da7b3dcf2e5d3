"""`python -m cxdesk`."""

from cxdesk.cli import main

if __name__ == "__main__":
    main()
