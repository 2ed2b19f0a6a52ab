"""The jobs of the assistant, by name, for whoever runs jobs by hand."""

from chalicelib.assistant.service.loading import KNOWLEDGE

JOBS = {job.name: job for job in (KNOWLEDGE,)}
