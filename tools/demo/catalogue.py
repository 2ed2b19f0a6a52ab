"""What the demo machines sell: invented names, prices and costs of the trade, and how well each sells."""

from dataclasses import dataclass

REFRIGERATED, FROZEN, AMBIENT = "refrigerated", "frozen", "ambient"


@dataclass(frozen=True)
class Category:
    """A category, the temperature it is kept at, and how many of its units fit into a slot."""

    name: str
    temperature: str
    capacity: int


@dataclass(frozen=True)
class Article:
    """A product; `popularity` is its weight among the products of a cabinet."""

    name: str
    category: str
    price_cents: int
    cost_cents: int
    popularity: float


CATEGORIES = (
    Category("Soda", REFRIGERATED, 10),
    Category("Water", REFRIGERATED, 10),
    Category("Energy", REFRIGERATED, 8),
    Category("Juice", REFRIGERATED, 8),
    Category("Fresh Food", REFRIGERATED, 6),
    Category("Chips", AMBIENT, 12),
    Category("Candy", AMBIENT, 14),
    Category("Pastries", AMBIENT, 10),
    Category("Nuts", AMBIENT, 12),
    Category("Ice Cream", FROZEN, 10),
    Category("Frozen Meals", FROZEN, 6),
)

ARTICLES = (
    Article("Lakeside Cola", "Soda", 225, 82, 3.0),
    Article("Lakeside Cola Zero", "Soda", 225, 82, 2.4),
    Article("Orchard Orange Soda", "Soda", 225, 80, 1.3),
    Article("North Pine Ginger Ale", "Soda", 225, 85, 1.0),
    Article("Old Mill Root Beer", "Soda", 225, 85, 0.9),
    Article("Superior Spring Water", "Water", 175, 38, 2.6),
    Article("Superior Sparkling Lime", "Water", 200, 52, 1.2),
    Article("Thunderbay Energy", "Energy", 325, 148, 2.0),
    Article("Thunderbay Zero Sugar", "Energy", 325, 148, 1.7),
    Article("Night Shift Cold Brew", "Energy", 375, 170, 1.1),
    Article("Cherry County Juice", "Juice", 275, 120, 0.8),
    Article("Apple Hill Juice", "Juice", 250, 105, 0.9),
    Article("Turkey and Swiss Wrap", "Fresh Food", 595, 310, 0.9),
    Article("Chicken Caesar Salad", "Fresh Food", 650, 345, 0.7),
    Article("Garden Hummus Box", "Fresh Food", 525, 270, 0.5),
    Article("Egg and Cheese Croissant", "Fresh Food", 450, 215, 0.8),
    Article("Huron Sea Salt Chips", "Chips", 200, 74, 2.2),
    Article("Huron Barbecue Chips", "Chips", 200, 74, 1.7),
    Article("Nacho Blaze Tortillas", "Chips", 200, 76, 1.9),
    Article("Cheddar Ridge Puffs", "Chips", 200, 72, 1.2),
    Article("Kettle Creek Pretzels", "Chips", 175, 60, 0.9),
    Article("Copper Harbor Chocolate Bar", "Candy", 175, 78, 2.3),
    Article("Peanut Dock Cups", "Candy", 175, 80, 2.0),
    Article("Caramel Keel Bar", "Candy", 175, 79, 1.4),
    Article("Sour Perch Gummies", "Candy", 200, 84, 1.2),
    Article("Beacon Mint Gum", "Candy", 150, 52, 0.7),
    Article("Maple Bay Toaster Tart", "Pastries", 200, 82, 1.0),
    Article("Bluewater Blueberry Muffin", "Pastries", 250, 108, 0.8),
    Article("Honey Oak Granola Bar", "Pastries", 175, 70, 1.3),
    Article("Double Chip Cookies", "Pastries", 200, 85, 1.2),
    Article("Trailhead Trail Mix", "Nuts", 250, 118, 1.1),
    Article("Smoked Almonds", "Nuts", 275, 138, 0.8),
    Article("Salted Peanuts", "Nuts", 175, 64, 0.9),
    Article("Vanilla Bean Sandwich", "Ice Cream", 275, 110, 1.6),
    Article("Fudge Falls Bar", "Ice Cream", 275, 112, 1.3),
    Article("Strawberry Point Cone", "Ice Cream", 300, 125, 1.0),
    Article("Beef and Bean Burrito", "Frozen Meals", 495, 240, 0.9),
    Article("Macaroni Bowl", "Frozen Meals", 550, 265, 0.7),
)
