"""Submissions as they are written: outline, words, citations that are checked, versions, signature. Nothing is sent."""
