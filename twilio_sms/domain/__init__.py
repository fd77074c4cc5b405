"""What messages, numbers and statuses are; nothing here reads time, chance, disk or net."""
