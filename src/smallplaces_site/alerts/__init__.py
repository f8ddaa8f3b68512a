"""Being told: what people follow, what came in for them, and the letters and calls that wait to be sent."""
