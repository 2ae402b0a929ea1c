# Finds the JDK, and sets:
#   jdk  its folder
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk=$JAVA_HOME
        [ -x "$jdk/bin/java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java; set it to a JDK, version 17 or later"
    elif [ -x /usr/libexec/java_home ] && jdk=$(/usr/libexec/java_home 2>/dev/null); then
        # macOS, where the java of PATH only looks for another one
        :
    else
        java=$(command -v java) || fail 'there is no java; set JAVA_HOME to a JDK, version 17 or later, or add it to PATH'
        while [ -h "$java" ]; do
            link=$(readlink "$java")
            case $link in
                /*) java=$link ;;
                *) java=${java%/*}/$link ;;
            esac
        done
        jdk=${java%/bin/java}
    fi
}
