"""The command line ``smallplaces``: one file a command, over the same actions and reads as the pages and the API."""
