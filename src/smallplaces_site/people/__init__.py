"""People: accounts, the organisations they act for, what each may do, and the record of what was done."""
