"""Briefing: a compiler from sourced facts to policy briefs."""

__version__ = "0.1.0"
