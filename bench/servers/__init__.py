"""The servers that pages from memory are compared with, over HTTP."""
