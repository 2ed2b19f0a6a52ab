"""What the browser keeps with us: settings, avatar, push subscriptions, place, reports about itself, badges."""
