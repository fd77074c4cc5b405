"""HTTP on sockets: requests read strictly and in time, answers whole or broken on purpose."""
