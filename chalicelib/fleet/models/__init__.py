"""What the fleet's endpoints take and answer."""
