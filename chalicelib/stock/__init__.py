"""What is in the slots, and the ledger of every unit that went in or out."""
