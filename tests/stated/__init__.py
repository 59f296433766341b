"""Labelled passages: records that they state, and records that differ from them in one thing."""
