"""Load tests with Locust: users, histograms, objectives, and a sink for callbacks."""
