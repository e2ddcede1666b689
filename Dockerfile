# The portal as an image: web server, worker and beat run the same one (compose.yaml).
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_COMPILE_BYTECODE=1
WORKDIR /portal
COPY requirements.lock requirements-providers.lock requirements-uv.lock ./
RUN pip install --require-hashes --requirement requirements-uv.lock \
    && python -m venv --without-pip /venv \
    && uv pip install --python /venv/bin/python --require-hashes \
       --requirement requirements.lock --requirement requirements-providers.lock
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/portal/var/static COMPRESS_STATIC=true
COPY . .
# DEMO only lets a command start without keys; nothing of it stays in the image. What runs later may
# write nothing, so all is compiled here, and no process has to do it at its start.
RUN python -m diedie_edu.local.translations \
    && DEMO=true python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q diedie_edu residents_school after_school happy_square edu_base

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/portal/var/static COMPRESS_STATIC=true MEDIA_ROOT=/portal/var/media
COPY --from=build /venv /venv
COPY --from=build /portal /portal
WORKDIR /portal
# What people upload; a volume that is mounted here belongs to the portal's user as this does.
RUN install --directory --owner=portal var/media /backups
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "diedie_edu.health"]
# Asked first and once: a database with demo accounts ends the container with the reason, where
# granian would start its workers anew for ever.
CMD ["sh", "-c", "python manage.py check --database default && exec granian --interface=wsgi \
     --host=0.0.0.0 --port=8000 --workers=2 --blocking-threads=32 --respawn-failed-workers \
     --workers-kill-timeout=10 diedie_edu.wsgi:application"]
