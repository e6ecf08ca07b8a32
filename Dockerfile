# Two stages: Node and the installer stay in the first. Runs as its own user; data in /data.
FROM node:22-bookworm-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts
COPY frontend ./
COPY handrail/web /src/handrail/web
RUN node build.mjs

FROM python:3.11-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HANDRAIL_DATA=/data UV_PYTHON_DOWNLOADS=never
WORKDIR /app
# What articles are set on paper with.
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home /data handrail && mkdir /data && chown handrail /data
COPY pyproject.toml constraints.txt README.md LICENSE manage.py ./
COPY handrail ./handrail
COPY locale ./locale
COPY bin/translations.py ./bin/translations.py
COPY --from=frontend /src/handrail/web/ui/static/dist ./handrail/web/ui/static/dist
RUN pip install --no-cache-dir uv && uv pip install --system -c constraints.txt -e '.[production]' \
    && python handrail/web/ui/stylesheet.py && python bin/translations.py compile
USER handrail
VOLUME /data
EXPOSE 8400 8401
CMD ["handrail", "serve", "--host", "0.0.0.0"]
