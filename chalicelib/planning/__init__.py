"""What the fleet needs next: how fast products sell, how long stock lasts, and which machines to serve first."""
