#!/usr/bin/env bash
# Signs a jar with a KMS key and verifies it, starting from an empty folder. Uses the KMS emulator instead of AWS.
# Prints each command before running it. Needs JDK 17 (17.0.15 or later) or JDK 21 or later. The first run needs Maven.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=
emulator=

fail() {
    printf 'quickstart: %s\n' "$1" >&2
    exit 1
}

clean_up() {
    if [ -n "$emulator" ]; then
        kill "$emulator" 2>/dev/null || true
        wait "$emulator" 2>/dev/null || true
    fi
    if [ -n "$work" ]; then
        rm -rf "$work"
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# step TEXT COMMAND: prints a command in a form that you can type, and runs it
step() {
    printf '\n# %s\n$ %s\n' "$1" "$2"
    eval "$2" </dev/null || fail "this step failed: $1"
}

# show_and_set LINE: prints and runs an assignment
show_and_set() {
    printf '$ %s\n' "$1"
    eval "$1"
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        PATH="$JAVA_HOME/bin:$PATH"
    fi
    local tool version feature update needed='JDK 17 (17.0.15 or later) or JDK 21 or later'
    for tool in java keytool jarsigner jar; do
        command -v "$tool" >/dev/null || fail "'$tool' was not found; install a JDK, or set JAVA_HOME to one"
    done
    version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
    IFS=.+_- read -r feature _ update _ <<<"$version" || true
    # the versions that the build accepts (pom.xml)
    if ! ((${feature:-0} >= 21 || (${feature:-0} == 17 && ${update:-0} >= 15))); then
        fail "$needed is needed, not '${version:-unknown}'; set JAVA_HOME to such a JDK"
    fi
}

# newest PATTERN: sets 'jar' to the newest jar whose path below the root matches the pattern, or to the empty string
newest() {
    jar=$(ls -t "$root"/$1 2>/dev/null | head -n 1) || jar=
}

# emulator_jar, one_file_jar: set 'jar' to the newest such jar, or to the empty string
emulator_jar() {
    newest 'emulator/target/kms-jca-emulator-*-all.jar'
}

one_file_jar() {
    newest 'cli/target/kms-jca-[0-9]*.jar'
}

build_what_is_missing() {
    emulator_jar
    local emulator_built=$jar
    one_file_jar
    if [ -n "$emulator_built" ] && [ -n "$jar" ]; then
        return
    fi
    command -v mvn >/dev/null || fail "'mvn' was not found; install Maven 3.8.6 or later"
    echo 'Building the one-file jar and the KMS emulator. The first time, Maven downloads dependencies ...'
    (cd "$root" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package \
        -pl emulator,cli -am </dev/null) || fail 'the build failed'
}

start_kms() {
    local ready
    mkfifo "$work/kms.out"
    java -jar "$1" --port 0 --key alias/release=RSA_3072 >"$work/kms.out" 2>"$work/kms.err" </dev/null &
    emulator=$!
    exec 3<"$work/kms.out"
    read -r -t 60 ready <&3 || fail "the KMS emulator did not start: $(cat "$work/kms.err")"
    endpoint=$(printf '%s\n' "$ready" | sed -n 's/.* ready: \([^ ]*\) .*/\1/p')
    [ -n "$endpoint" ] || fail "the KMS emulator did not print its address: $ready"
}

find_jdk
build_what_is_missing
work=$(mktemp -d "${TMPDIR:-/tmp}/kms-jca.XXXXXX")

# ignore settings of the user's own account, and call the emulator without a proxy
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ${!AWSKMS_@}
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1

emulator_jar
start_kms "$jar"
one_file_jar
mkdir "$work/files"
cd "$work/files"

echo '# The KMS emulator runs with one key, alias/release. With real AWS, leave out the exports.'
show_and_set "export AWS_ENDPOINT_URL_KMS=$endpoint AWS_REGION=us-east-1"
show_and_set 'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test'
show_and_set "JAR=$(printf %q "$jar")"

step 'The keys of the account' \
    'keytool -list -keystore NONE -storetype AWSKMS -storepass "" -J-cp "-J$JAR" -addprovider AWSKMS'

printf '\n# On JDK 17, keytool prints its own default key size, not the size of the KMS key.'
step 'A keystore file with the key alias/release and a first, self-signed certificate' \
    'keytool -genkeypair -alias release -keyalg RSA -dname "CN=Release" -keystore release.awskms -storetype AWSKMS \
    -protected -J-cp "-J$JAR" -providername AWSKMS -addprovider AWSKMS -providerarg adopt=alias/release'

step 'The content of the file: the name of the key and the certificate, but no secrets' \
    'head -n 6 release.awskms'

step 'A certificate request, signed by KMS' \
    'keytool -certreq -alias release -file release.csr -keystore release.awskms -storepass "" \
    -J-cp "-J$JAR" -addprovider AWSKMS'

step 'A small example CA, which does not use KMS' \
    'keytool -genkeypair -alias ca -keyalg EC -dname "CN=Example CA" -validity 3650 -ext bc:c \
    -keystore ca.p12 -storetype PKCS12 -storepass changeit'

step 'The CA signs the request' \
    'keytool -gencert -alias ca -infile release.csr -outfile release.pem -rfc -validity 365 \
    -ext ku:c=digitalSignature -ext eku=codeSigning -keystore ca.p12 -storepass changeit'

step 'The certificate of the CA' \
    'keytool -exportcert -alias ca -rfc -file ca.pem -keystore ca.p12 -storepass changeit'

step 'Import it into the keystore file as a trusted certificate' \
    'keytool -importcert -noprompt -alias ca -file ca.pem -keystore release.awskms -storepass "" \
    -J-cp "-J$JAR" -addprovider AWSKMS'

step 'Replace the self-signed certificate with the one from the CA' \
    'keytool -importcert -noprompt -alias release -file release.pem -keystore release.awskms -storepass "" \
    -J-cp "-J$JAR" -addprovider AWSKMS'

step 'A jar to sign' \
    'echo hello > hello.txt && jar --create --file app.jar hello.txt'

step 'KMS signs the jar with one call' \
    'jarsigner -strict -keystore release.awskms -storetype AWSKMS -protected -J-cp "-J$JAR" -addprovider AWSKMS \
    app.jar release'

step 'Anybody can verify it with the CA certificate, without KMS and without this provider' \
    'jarsigner -verify -strict -keystore ca.p12 -storepass changeit app.jar'

printf '\nDone: app.jar is signed by a KMS key and verified with the CA certificate.\n'
