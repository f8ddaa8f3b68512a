"""Input rounds: questions of an institution to places for a reporting step, their answers, and what these say together."""
