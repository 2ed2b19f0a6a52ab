"""The packaged functions on this machine: a gateway in front, a runtime around each, as in the cloud."""
