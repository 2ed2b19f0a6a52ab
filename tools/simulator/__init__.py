"""A fleet of vending machines that never was: seeded, deterministic, with the ground truth beside what it sends.

    python -m tools.simulator --seed 7 --machines 500 --days 60 --out DIR      files, webhooks and truth on disk
    python -m tools.simulator check --seed 7 --machines 500 --days 60          what the engine books against the truth

The same seed gives the same bytes. Each machine draws from dice of its own, so machine 12 lives the same life in a
fleet of twenty and in one of five hundred, and a fault class left out does not move the others.

From the inside out: `dialects` says how a maker writes, `board` counts, `machine` sells, `demand` buys, `faults` says
what may go wrong, `life` lets the days pass, `rows` and `writing` put a read on paper, `delivery` loses and damages
reads on their way, `feed` writes all to disk, `check` compares.
"""
