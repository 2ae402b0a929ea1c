# Runs a tool of the JDK with AWS KMS keys, or a command of kms-jca.
#
# The caller sets:
#   tool  kms-jarsigner, kms-keytool or kms-jca
#   home  the folder of the distribution

set -u

# Ends with an error.
fail() {
    echo "$tool: $1" >&2
    exit 1
}

. "$home/lib/jdk.sh"
. "$home/lib/arguments.sh"
. "$home/lib/archive.sh"

for jar in "$home"/lib/kms-jca-*.jar; do :; done
[ -f "$jar" ] || fail "the folder $home/lib has no kms-jca-*.jar; unpack the distribution again"

find_jdk
case $tool in
    kms-jca)
        program=$jdk/bin/java
        before=''
        set -- -jar "$jar" "$@"
        ;;
    *)
        program=$jdk/bin/${tool#kms-}
        # the tools of the JDK pass options with this prefix to the JVM
        before=-J
        ;;
esac
[ -x "$program" ] || fail "the JDK $jdk has no ${program##*/}; set JAVA_HOME to a complete JDK, version 17 or later"

options=''
uses_kms=no
read_arguments "$@"
# shellcheck disable=SC2086 # the options have no spaces
set -- $options "$@"
if [ "$tool" != kms-jca ]; then
    set -- -J-cp "-J$jar" "$@"
fi

choose_archive
# The process is too short for the second compiler to pay off. Without -Xlog:disable, the JVM would print why it does not
# use an archive.
set -- "$before-XX:TieredStopAtLevel=1" "$before-XX:+UseSerialGC" "$before-Xshare:auto" "$before-Xlog:disable" \
    "$before$archive_option" "$@"

[ -n "$new_archive" ] || exec "$program" "$@"

trap 'discard_archive' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$program" "$@"
status=$?
[ "$status" -ne 0 ] || keep_archive
exit "$status"
