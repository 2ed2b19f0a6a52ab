"""Load our own articles into the knowledge base at DATABASE_URL: `python -m tools.knowledge`."""

import json

from chalicelib.assistant.service.loading import KNOWLEDGE
from chalicelib.kit import job

if __name__ == "__main__":
    print(json.dumps(job.run(KNOWLEDGE), indent=2))
