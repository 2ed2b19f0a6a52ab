"""One Lambda function per route path and per worker: the cut, the zips, the layers, and a gateway to try them."""
