# privaudit as an image: docker build --tag privaudit . && docker run --rm --volume "$PWD:/work" privaudit check policies/
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY privaudit privaudit
COPY rules rules
RUN python -m venv /opt/privaudit && /opt/privaudit/bin/pip install --no-cache-dir --quiet '.[pdf]'

FROM python:3.13-slim
LABEL org.opencontainers.image.title="privaudit" \
      org.opencontainers.image.description="Audits privacy notices against GDPR Art. 13 and 14" \
      org.opencontainers.image.licenses="Apache-2.0"
# git reads what --since, diff and history compare with, and trusts the mounted folder, whoever owns it.
# Its version is not pinned: Debian keeps only the newest fix of a package, and an older one would soon be gone.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /work \
    && useradd --create-home --uid 1000 privaudit \
    # A volume that is mounted here takes over the owner.
    && install --directory --owner=1000 --group=1000 /home/privaudit/.cache
COPY --from=build /opt/privaudit /opt/privaudit
ENV PATH="/opt/privaudit/bin:$PATH"
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["privaudit"]
CMD ["check"]
