# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build

# PyTorch's index of CPU builds; the wheel on the common index is a CUDA build of several gigabytes. When this address is
# out of reach, pip takes the build that it finds.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

WORKDIR /src
RUN python -m venv /opt/socialwatch
ENV PATH=/opt/socialwatch/bin:$PATH
COPY scripts/reachable.py scripts/reachable.py
RUN if python scripts/reachable.py "$TORCH_INDEX/torch/"; then \
      echo "torch: the CPU build from $TORCH_INDEX"; \
      pip install --no-cache-dir torch==2.13.0 --extra-index-url "$TORCH_INDEX"; \
    else \
      echo "torch: $TORCH_INDEX is out of reach, so pip takes the build it finds"; \
      pip install --no-cache-dir torch==2.13.0; \
    fi
COPY pyproject.toml build_hook.py README.md LICENSE ./
COPY socialwatch ./socialwatch
COPY models/dutch ./models/dutch
COPY config ./config
RUN pip install --no-cache-dir .

FROM python:3.11-slim

RUN useradd --system --uid 10001 --home-dir /data --create-home socialwatch
COPY --from=build /opt/socialwatch /opt/socialwatch
ENV PATH=/opt/socialwatch/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SOCIALWATCH_HOME=/data \
    SOCIALWATCH_WEB__HOST=0.0.0.0
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["socialwatch"]
CMD ["run"]
