"""The application: Flask with every resource, and the guard before it."""
