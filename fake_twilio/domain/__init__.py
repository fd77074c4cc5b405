"""What Twilio knows and how it decides; nothing here reads time, chance, disk or net."""
