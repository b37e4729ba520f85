"""Editing the directory: tools, facts, tactics and rules, each with sources, suggestions and a history."""
