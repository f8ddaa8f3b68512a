"""What worked: practices that places describe and officers review, beside those that come with the house."""
