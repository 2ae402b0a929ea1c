# Finds the JDK, and sets:
#   jdk  its folder
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk=$JAVA_HOME
        [ -x "$jdk/bin/java" ] ||
            fail "JAVA_HOME is $JAVA_HOME, which has no bin/java; set it to a JDK, version 17 or later"
        return
    fi
    java=$(command -v java) || fail 'there is no java; set JAVA_HOME to a JDK, version 17 or later, or add it to PATH'
    # on macOS, this java only searches for a JDK and starts its java
    if [ "$java" = /usr/bin/java ] && [ -x /usr/libexec/java_home ]; then
        jdk=$(/usr/libexec/java_home) || fail 'macOS finds no JDK; install one, version 17 or later'
        return
    fi
    while [ -h "$java" ]; do
        link=$(readlink "$java")
        case $link in
            /*) java=$link ;;
            *) java=${java%/*}/$link ;;
        esac
    done
    jdk=${java%/bin/java}
    # this java may be a script that starts the java of a JDK
    if [ ! -x "$jdk/bin/java" ]; then
        jdk=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
        [ -n "$jdk" ] || fail "$java does not report its JDK; set JAVA_HOME to a JDK, version 17 or later"
    fi
}
