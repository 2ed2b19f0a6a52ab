"""Where the demo machines stand: four cities, seven routes, and kinds of places that buy at different times."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Detroit")


@dataclass(frozen=True)
class Kind:
    """How a kind of place buys: transactions a day and machine, then a factor for each day from Monday to Sunday."""

    transactions: float
    week: tuple[float, float, float, float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """One location, with the nicknames of the machines that it holds."""

    name: str
    address: str
    latitude: float
    longitude: float
    kind: Kind
    route: str
    machines: tuple[str, ...]


OFFICE = Kind(1.7, (1.1, 1.15, 1.15, 1.1, 0.9, 0.15, 0.1))
HOSPITAL = Kind(2.7, (1.05, 1.05, 1.0, 1.0, 1.05, 0.9, 0.9))
CAMPUS = Kind(2.2, (1.1, 1.15, 1.15, 1.15, 0.95, 0.5, 0.55))
FACTORY = Kind(2.5, (1.1, 1.1, 1.1, 1.1, 1.05, 0.6, 0.3))
TERMINAL = Kind(3.3, (1.05, 0.9, 0.9, 1.05, 1.2, 1.0, 1.05))
SPORTS = Kind(1.4, (0.9, 0.9, 0.9, 0.9, 1.0, 1.4, 1.3))

ROUTES = (
    "Detroit Downtown",
    "Detroit Metro Airport",
    "Dearborn",
    "Ann Arbor",
    "Lansing",
    "Grand Rapids East",
    "Grand Rapids West",
)

SPOTS = (
    Spot(
        "Renaissance Plaza",
        "100 Riverside Ave, Detroit, MI",
        42.329,
        -83.040,
        OFFICE,
        ROUTES[0],
        ("Lobby", "8th floor"),
    ),
    Spot(
        "Woodward Tower",
        "1500 Woodward Ave, Detroit, MI",
        42.335,
        -83.049,
        OFFICE,
        ROUTES[0],
        ("Mail room", "Food hall"),
    ),
    Spot(
        "St. Clair Medical",
        "4100 John R St, Detroit, MI",
        42.351,
        -83.057,
        HOSPITAL,
        ROUTES[0],
        ("Emergency", "Ward B", "Staff"),
    ),
    Spot("Corktown Arena", "2200 Trumbull St, Detroit, MI", 42.332, -83.068, SPORTS, ROUTES[0], ("Gate 3", "Gate 9")),
    Spot(
        "Terminal A",
        "9000 Airport Dr, Romulus, MI",
        42.216,
        -83.355,
        TERMINAL,
        ROUTES[1],
        ("Near Gate A4", "Near Gate A12", "Baggage"),
    ),
    Spot(
        "Terminal B",
        "9200 Airport Dr, Romulus, MI",
        42.219,
        -83.349,
        TERMINAL,
        ROUTES[1],
        ("Near Gate B5", "Near Gate B9", "Check-in"),
    ),
    Spot(
        "Cargo Center", "400 Cargo Rd, Romulus, MI", 42.229, -83.366, FACTORY, ROUTES[1], ("Dock 2", "Drivers' lounge")
    ),
    Spot(
        "Rouge Stamping Plant",
        "3001 Miller Rd, Dearborn, MI",
        42.303,
        -83.155,
        FACTORY,
        ROUTES[2],
        ("Line 1", "Line 4", "Tool shop"),
    ),
    Spot(
        "Fairlane Offices",
        "18900 Michigan Ave, Dearborn, MI",
        42.314,
        -83.211,
        OFFICE,
        ROUTES[2],
        ("Atrium", "3rd floor"),
    ),
    Spot(
        "Oakwood Clinic",
        "18101 Oakwood Blvd, Dearborn, MI",
        42.293,
        -83.213,
        HOSPITAL,
        ROUTES[2],
        ("Waiting room", "Radiology"),
    ),
    Spot(
        "Henry College",
        "5101 Evergreen Rd, Dearborn, MI",
        42.323,
        -83.235,
        CAMPUS,
        ROUTES[2],
        ("Library", "Science hall"),
    ),
    Spot(
        "Huron Valley Campus",
        "500 State St, Ann Arbor, MI",
        42.277,
        -83.741,
        CAMPUS,
        ROUTES[3],
        ("Union", "Library", "Dorm East"),
    ),
    Spot(
        "University Hospital",
        "1500 Medical Dr, Ann Arbor, MI",
        42.283,
        -83.728,
        HOSPITAL,
        ROUTES[3],
        ("Main lobby", "Cafe wing", "Night staff"),
    ),
    Spot(
        "Arbor Tech Park",
        "3600 Green Ct, Ann Arbor, MI",
        42.305,
        -83.706,
        OFFICE,
        ROUTES[3],
        ("Building 1", "Building 4"),
    ),
    Spot(
        "Capitol Annex",
        "124 W Allegan St, Lansing, MI",
        42.733,
        -84.554,
        OFFICE,
        ROUTES[4],
        ("Ground floor", "Courtyard"),
    ),
    Spot(
        "Grand Ledge Assembly",
        "8175 Millett Hwy, Lansing, MI",
        42.693,
        -84.660,
        FACTORY,
        ROUTES[4],
        ("Body shop", "Paint shop", "Gate 2"),
    ),
    Spot(
        "Red Cedar Campus",
        "426 Auditorium Rd, East Lansing, MI",
        42.731,
        -84.481,
        CAMPUS,
        ROUTES[4],
        ("Engineering", "Wells hall", "Gym"),
    ),
    Spot(
        "Sparrow Ridge Hospital",
        "1215 E Michigan Ave, Lansing, MI",
        42.734,
        -84.536,
        HOSPITAL,
        ROUTES[4],
        ("Entrance", "Surgery"),
    ),
    Spot(
        "Monroe Center",
        "99 Monroe Ave, Grand Rapids, MI",
        42.966,
        -85.673,
        OFFICE,
        ROUTES[5],
        ("Lobby", "Parking level"),
    ),
    Spot(
        "Medical Mile North",
        "330 Michigan St, Grand Rapids, MI",
        42.970,
        -85.661,
        HOSPITAL,
        ROUTES[5],
        ("Pavilion", "Research", "Staff"),
    ),
    Spot(
        "Calvin Fieldhouse", "3195 Burton St, Grand Rapids, MI", 42.927, -85.588, SPORTS, ROUTES[5], ("Courts", "Pool")
    ),
    Spot(
        "Walker Furniture Works",
        "2800 Wilson Ave, Walker, MI",
        43.001,
        -85.742,
        FACTORY,
        ROUTES[6],
        ("Upholstery", "Shipping", "Canteen"),
    ),
    Spot(
        "Grand Valley Campus",
        "1 Campus Dr, Allendale, MI",
        42.963,
        -85.889,
        CAMPUS,
        ROUTES[6],
        ("Kirkhof", "Lake halls"),
    ),
    Spot(
        "Gerald Terminal",
        "5500 44th St, Grand Rapids, MI",
        42.881,
        -85.523,
        TERMINAL,
        ROUTES[6],
        ("Concourse A", "Concourse B"),
    ),
)
