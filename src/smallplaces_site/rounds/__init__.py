"""Input rounds: questions of an institution to places for a reporting step, and what their answers say together."""
