"""The arithmetic and the state machines of orders, without a database and without a clock of their own."""
