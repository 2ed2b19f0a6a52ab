"""The browser client: its plain script and its types are made from its modules and from the API's description."""
