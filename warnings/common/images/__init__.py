"""Clean untrusted images and PDF files: only their pixels survive.

Nothing is imported here: the process that decodes starts for each file, and needs nothing of Django.
"""
