"""What pages, API and command line may ask of the store. Plain records out; no page, API or command reads tables."""
