"""cxdesk: a support desk in a box, with a language model that runs on the shop's own PC."""

__version__ = "0.1.0"
