"""Plain words for paragraphs, and briefs that bring what was asked to a council or a department."""
