"""Twilio's routes: read the form, ask the engine, render."""
