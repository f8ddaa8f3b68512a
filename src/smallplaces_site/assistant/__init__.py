"""What AI assistants may ask, over the Model Context Protocol: exact words, or nothing. It never writes."""
