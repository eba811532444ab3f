# JupyterLab with the TypeScript kernel, as `npm start` makes it. docs/hosting.md says how to run it.
#   docker build -t mean-field-limit .
#   docker run --rm --init -p 127.0.0.1:8888:8888 mean-field-limit
ARG NODE_IMAGE=node:22-bookworm-slim
FROM ${NODE_IMAGE}

# Python for JupyterLab, Chromium and a font for the images of figures.
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    ca-certificates chromium chromium-sandbox fonts-dejavu-core python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*

# A folder that the user of the image owns; WORKDIR by itself would make it root's.
RUN install -d -o node -g node /home/node/mean-field-limit
USER node
WORKDIR /home/node/mean-field-limit
COPY --chown=node:node . .

# The same script as on any machine: npm packages, dist/, .venv with JupyterLab, kernel and renderer.
RUN node scripts/setup.mjs && rm -rf /home/node/.npm /home/node/.cache

EXPOSE 8888
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8888/api').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Inside the container all interfaces; publish the port on 127.0.0.1. The address with its token is in the log.
CMD ["node", "scripts/start.mjs", "--no-browser", "--ip=0.0.0.0", "--port=8888"]
