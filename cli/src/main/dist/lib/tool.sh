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

case $jar in
    *:*) fail "the path $home has a colon, which the JVM reads as the end of a path; move the folder" ;;
esac

find_jdk
case $tool in
    kms-jca)
        program=$jdk/bin/java
        jvm_prefix=''
        ;;
    *)
        program=$jdk/bin/${tool#kms-}
        # the tools of the JDK pass options with this prefix to the JVM
        jvm_prefix=-J
        ;;
esac
[ -x "$program" ] || fail "the JDK $jdk has no ${program##*/}; set JAVA_HOME to a complete JDK, version 17 or later"

read_arguments "$@"
if [ "$tool" = kms-jca ]; then
    set -- -jar "$jar" "$@"
else
    # shellcheck disable=SC2086 # the options have no spaces
    set -- -J-cp "-J$jar" $options "$@"
fi

choose_archive "$@"
choose_vm_options "$@"
for option in "$archive_option" $vm_options; do
    set -- "$jvm_prefix$option" "$@"
done
# one line for each warning, instead of two with the time and the class
case " ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} $* " in
    *java.util.logging*) ;;
    *) set -- "$jvm_prefix-Djava.util.logging.SimpleFormatter.format=$tool: %4\$s: %5\$s%n" "$@" ;;
esac
[ -n "$new_archive" ] || exec "$program" "$@"

# In the background, so that this script can pass a signal on. Without <&0, the input would be empty.
"$program" "$@" <&0 &
child=$!
trap 'discard_archive' EXIT
trap 'kill -TERM "$child" 2>/dev/null' HUP INT TERM
wait "$child"
status=$?
if [ "$status" -gt 128 ]; then
    # a signal ended the tool or only the wait; then wait again
    wait "$child" 2>/dev/null
fi
if [ "$status" -eq 0 ]; then
    trap - EXIT
    trap '' HUP INT TERM
    complete_archive
fi
exit "$status"
