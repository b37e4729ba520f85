"""Threats against the site for what it publishes: lawyers' letters, claims in court, abuse. Kept, counted, shown."""
