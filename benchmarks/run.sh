#!/usr/bin/env bash
# Measures what the provider costs and prints a table of ratios. --quick: a run of less than a minute that shows that all works.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
fi

one_file_jar() {
    ls -t "$root/$1"/target/kms-jca-"$1"-*-all.jar 2>/dev/null | head -n 1 || true
}

if [ -z "$(one_file_jar provider)" ] || [ -z "$(one_file_jar benchmarks)" ]; then
    (cd "$root" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package -pl benchmarks -am </dev/null)
fi
exec "$java" -jar "$(one_file_jar benchmarks)" "$(one_file_jar provider)" "$@"
