# A fake Twilio in a container. CI has no Docker engine and does not build this; a test holds it against the command.
#
#   docker build --tag fake-twilio . && docker run --rm --publish 127.0.0.1:7670:7670 fake-twilio serve carrier_reject
#
# It listens beyond its own loopback, or nobody outside could reach it. So its own API and its page ask for a token:
# FAKE_TWILIO_ADMIN_TOKEN, or one that is printed at the start. The other FAKE_TWILIO_* are in `fake-twilio serve --help`.

FROM python:3.13-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY scenarios scenarios
COPY twilio_sms twilio_sms
COPY fake_twilio fake_twilio
RUN python -m venv /opt/fake-twilio \
 && /opt/fake-twilio/bin/pip install --no-cache-dir --constraint constraints.txt ".[fake]"

FROM python:3.13-slim-bookworm
COPY --from=build /opt/fake-twilio /opt/fake-twilio
ENV PATH=/opt/fake-twilio/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FAKE_TWILIO_HOST=0.0.0.0 \
    FAKE_TWILIO_PORT=7670
USER 10001:10001
WORKDIR /scenarios
EXPOSE 7670
# Without the token it is told 401, which says as well that somebody is there.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["python", "-c", "import http.client, os; fake = http.client.HTTPConnection('127.0.0.1', int(os.environ['FAKE_TWILIO_PORT']), timeout=3); fake.request('GET', '/_fake/health'); raise SystemExit(fake.getresponse().status not in (200, 401))"]
ENTRYPOINT ["fake-twilio"]
CMD ["serve"]
