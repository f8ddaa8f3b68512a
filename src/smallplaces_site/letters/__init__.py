"""Local dissemination: what an institution sends to places, and who there has opened and acknowledged it."""
