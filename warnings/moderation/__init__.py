"""Moderation: cases, decisions with reasons, flags, appeals, notices and statements, and the public record."""
