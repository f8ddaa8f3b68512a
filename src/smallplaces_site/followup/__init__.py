"""Follow-up: what is done about recommendations, and what three voices say of it."""
