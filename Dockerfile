# The server, for hosts that run containers. Runs as an ordinary user over a read-only root; only
# /var/lib/neopro is written to, and nothing there need be kept where a database and a bucket are set.
FROM rust:1.95-trixie AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends nodejs npm \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make release && mv target/neopro-*/ /neopro && rm /neopro/neopro-player

FROM debian:trixie-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /var/lib/neopro --create-home neopro
COPY --from=build /neopro /opt/neopro
WORKDIR /opt/neopro
ENV PATH=/opt/neopro:$PATH NEOPRO_DATA=/var/lib/neopro
USER neopro
VOLUME /var/lib/neopro
EXPOSE 3001
# Degraded is 200: a restart brings no lost database back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
  ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-3001} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
CMD ["neopro", "serve"]
