"""Tours: the routes of drivers, so called in code because a route is something else in HTTP."""
