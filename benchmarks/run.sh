#!/usr/bin/env bash
# Measures the cost of the provider and prints a table of ratios: see benchmarks/README.md.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
fi

program() {
    ls -t "$root"/benchmarks/target/kms-jca-benchmarks-*-all.jar 2>/dev/null | head -n 1 || true
}

one_file_jar() {
    ls -t "$root"/cli/target/kms-jca-[0-9]*.jar 2>/dev/null | head -n 1 || true
}

if [ -z "$(program)" ] || [ -z "$(one_file_jar)" ]; then
    (cd "$root" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package \
        -pl benchmarks -am </dev/null)
fi
exec "$java" -jar "$(program)" "$(one_file_jar)" "$@"
