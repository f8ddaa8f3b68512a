"""The room of courses: what somebody has learnt, certificates, and groups that learn together."""
