# Class-data archives of the JVM (JEP 350), which make the tools start faster. There is one archive for each tool, JDK
# and version of kms-jca, in the user's cache folder. The JVM runs the code in an archive, so nobody but the user may
# have write access to it. The JVM itself refuses an archive that was made by another JDK or with another jar.

# Sets:
#   archive_option  an option of the JVM
#   new_archive     the archive that this run makes; empty if it makes none
choose_archive() {
    archive_option=-Xshare:auto
    new_archive=''
    cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
    # give up if there is no cache folder, or its path is relative
    [ "${cache#/}" != "$cache" ] && [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] || return 0
    [ -f "$jdk/release" ] || return 0
    case " ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} $* " in
        # the user has chosen another archive, or an agent, with which the JVM makes no archive
        *-Xshare* | *SharedArchiveFile* | *ArchiveClassesAtExit* | *-XX:AOT*) return 0 ;;
        *-javaagent* | *-agent* | *-Xrun*) return 0 ;;
    esac
    folder=$cache/kms-jca
    if [ ! -e "$folder" ] && [ ! -h "$folder" ]; then
        (umask 077 && mkdir -p "$folder") 2>/dev/null || return 0
    fi
    is_private "$folder" && is_in_safe_place "$cache" || return 0
    # another JDK or another jar has another sum
    sum=$({ cat "$jdk/release" && LC_ALL=C TZ=UTC0 ls -Ln "$jar" && echo "$jdk"; } 2>/dev/null | cksum) || return 0
    name=${jar##*/kms-jca-}
    archive=$folder/$tool-${name%.jar}-${sum%% *}.jsa
    if [ -f "$archive" ]; then
        if is_private "$archive"; then
            archive_option=-XX:SharedArchiveFile=$archive
        fi
    elif [ "$uses_kms" = yes ] && [ -w "$folder" ]; then
        # each process writes its own file, so several processes can run at once
        new_archive=$archive.$$
        archive_option=-XX:ArchiveClassesAtExit=$new_archive
    fi
}

# Returns whether a file or folder belongs to the user, is not a symbolic link, and is closed to all others.
is_private() {
    [ -O "$1" ] && [ ! -h "$1" ] || return 1
    case $(LC_ALL=C ls -ld "$1") in
        # no rights for group and others, and no access control list, which ls shows as +
        ????------[.\ ]*) return 0 ;;
        *) return 1 ;;
    esac
}

# Returns whether only the user and root can rename the folders on the path to a folder.
is_in_safe_place() {
    place=$(CDPATH='' cd -- "$1" && pwd -P) || return 1
    set --
    while [ -n "$place" ]; do
        set -- "$@" "$place"
        place=${place%/*}
    done
    user=$(id -u)
    LC_ALL=C ls -ldn / "$@" 2>/dev/null | (
        while read -r mode links owner rest; do
            [ "$owner" = "$user" ] || [ "$owner" = 0 ] || exit 1
            case $mode in
                # in a folder with the sticky bit, users can rename only what belongs to them
                ?????????[tT]*) ;;
                ?????w* | ????????w*) exit 1 ;;
            esac
        done
    )
}

# Renames the archive that this run has made, from its temporary name to its final name.
keep_archive() {
    [ -f "$new_archive" ] || return 0
    chmod 600 "$new_archive" && mv -f "$new_archive" "$archive"
} 2>/dev/null

# Removes the archive that this run has made, if it still has its temporary name.
discard_archive() {
    rm -f "$new_archive"
}
