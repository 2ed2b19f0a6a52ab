"""The fleet: devices with their cabinets, the types of both, and the locations where devices stand."""
