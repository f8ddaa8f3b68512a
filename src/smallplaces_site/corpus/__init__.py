"""What the store holds: works, editions, paragraphs with their readings, treaty status, places, the change log."""
