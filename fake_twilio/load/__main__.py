"""`python -m fake_twilio.load`."""

from fake_twilio.load.door import main

if __name__ == "__main__":
    main()
