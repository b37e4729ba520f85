"""Clean untrusted images and PDF files, so that only their pixels remain.

Nothing is imported here: the worker process starts once per file and needs nothing of Django.
"""
