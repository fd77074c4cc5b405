"""The page of the fake: see every message live, be the phone, change the world."""
