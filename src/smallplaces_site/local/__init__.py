"""What is ours: labels and competence that a machine claims of demands to a State, and what people decided of them."""
