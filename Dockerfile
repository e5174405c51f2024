# Pilcrow as a container: one image for the web nodes and for the worker of compose.yaml.
#
#   docker build --tag pilcrow --build-arg EXTRAS=tantivy .
#   docker run --read-only --tmpfs /tmp --publish 8000:8000 \
#     --volume ./corpus:/corpus --volume pilcrow-data:/data pilcrow
#
# It runs as user 10001, and writes to /data, /corpus (what is uploaded) and /tmp only.

FROM python:3.13-slim AS build

# What is installed beside the core; "ocr" brings Tesseract too.
ARG EXTRAS=opensearch,postgresql,tantivy,ocr

RUN python -m venv /opt/pilcrow
ENV PATH=/opt/pilcrow/bin:$PATH

WORKDIR /source
COPY setup.cfg pyproject.toml README.md LICENSE ./
COPY indexer indexer
COPY web web
# hadolint ignore=DL3013
RUN pip install --no-cache-dir ".[${EXTRAS}]"

# The model of languages is unpacked here, once, since nothing of the image can be written later.
ENV XDG_CACHE_HOME=/opt/pilcrow/cache
RUN python -c "from indexer.readers.common.language_model import unpack; unpack()" \
    && python -m compileall -q /opt/pilcrow/lib


FROM python:3.13-slim

ARG EXTRAS=opensearch,postgresql,tantivy,ocr
# Languages of scans, by the names of Debian's packages (tesseract-ocr-fra and so on).
ARG OCR_LANGUAGES="eng fra"

# hadolint ignore=DL3008,SC2046
RUN case ",${EXTRAS}," in *,ocr,*) \
        apt-get update \
        && apt-get install --yes --no-install-recommends tesseract-ocr \
            $(for language in ${OCR_LANGUAGES}; do echo "tesseract-ocr-${language}"; done) \
        && rm -rf /var/lib/apt/lists/* ;; \
    esac

RUN groupadd --gid 10001 pilcrow \
    && useradd --uid 10001 --gid pilcrow --no-create-home --home-dir /data pilcrow \
    && install --directory --owner=pilcrow --group=pilcrow --mode=0700 /data \
    && install --directory --owner=pilcrow --group=pilcrow /corpus

COPY --from=build /opt/pilcrow /opt/pilcrow
ENV PATH=/opt/pilcrow/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/opt/pilcrow/cache \
    PILCROW_CORPUS=/corpus \
    PILCROW_DATA=/data \
    PILCROW_HOST=0.0.0.0 \
    PILCROW_PORT=8000

USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000

# That a process answers; whether store and index can be used is at /readyz, for load balancers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

ENTRYPOINT ["pilcrow"]
CMD ["serve"]
