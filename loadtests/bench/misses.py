"""Goals that are known to be missed, and why: kept by hand, by the name of the figure.

What is met now is not told; what stands here may be missed on a machine that has other work, too. The shares are those
of `where_time_goes.py`: ``posted_share_of_wire``, ``posted_share_of_flask``, and all others for the message.
"""

WHY = {
    "journal_us_a_message": "it waits for the disk, of which `fsync_us` is the share of one page",
    "messages_a_second_with_two_callbacks": "senders, fake and sink share the cores, with whatever else is at work",
    "fixture_start_ms": "it is the application with its ninety routes, and twice as long while a core is shared",
    "hundred_tests_s": "most of it is importing the server and the client, once for all tests of a process",
    "serve_first_answer_s": "most of it is importing Flask and pydantic, and twice as long while a core is shared",
    "handle_inbound_of_commits": "it waits for two commits; what is over is Python that runs cold after each wait",
    "fake_over_wiremock": "it gives a fixed text, on both cores; of the fake's one, wire and Flask take two fifths",
    "fake_over_mockoon": "it gives a fixed text; in the fake wire and Flask take two fifths, the message all the rest",
    "fake_over_moto": "it keeps a text and does no more with it; in the fake a message takes more than wire and Flask",
}
