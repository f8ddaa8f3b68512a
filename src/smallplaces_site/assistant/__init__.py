"""What AI assistants may ask, over the Model Context Protocol: they quote exactly, or not at all. Nothing is written."""
