"""Crashes: every state one may leave, and what a start makes of it."""
