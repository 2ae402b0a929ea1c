# Class-data archives of the JVM, which make the tools start faster. There is one archive for each tool, JDK and version
# of kms-jca, in the user's cache folder. The JVM runs the code in an archive, so nobody but the user may have write
# access to it. The JVM itself refuses an archive that was made by another JDK or with another jar; such an archive is
# neither used nor replaced.
#
# Before Java 24, the first run makes a dynamic archive (JEP 350) when it ends. Since Java 24, the first run only lists its
# classes, and a process in the background makes an archive that also contains links between them (JEP 483).
#
# To start a process takes some milliseconds, so these functions start few.

# Sets:
#   archive_option  an option of the JVM
#   new_archive     the archive that this run prepares, with its temporary name; empty if it prepares none
choose_archive() {
    archive_option=-Xshare:auto
    new_archive=''
    case " ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} $* " in
        # the user has chosen another archive, or an agent, with which the JVM makes no archive
        *-Xshare* | *SharedArchiveFile* | *ArchiveClassesAtExit* | *-XX:AOT*) return 0 ;;
        *-javaagent:* | *-agentlib:* | *-agentpath:* | *-Xrun*) return 0 ;;
    esac
    read_release && find_cache && name_archive || return 0
    if [ -f "$archive" ]; then
        if are_private "$folder" "$archive" && is_in_safe_place "$folder"; then
            archive_option=-XX:SharedArchiveFile=$archive
        fi
    elif [ "$uses_kms" = yes ] && [ -w "$folder" ] && are_private "$folder" && is_in_safe_place "$folder" &&
        ! is_being_made; then
        new_archive=$archive.$$
        archive_option=-XX:ArchiveClassesAtExit=$new_archive
        [ "$java_version" -lt 24 ] || archive_option=-XX:DumpLoadedClassList=$new_archive.classes
    fi
}

# Sets release to the description of the JDK, and java_version to its major version.
read_release() {
    release=''
    java_version=0
    [ -r "$jdk/release" ] || return 1
    while IFS= read -r line; do
        release=$release$line
        case $line in
            JAVA_VERSION=*)
                java_version=${line#*'"'}
                java_version=${java_version%%[!0-9]*}
                ;;
        esac
    done <"$jdk/release"
    [ -n "$java_version" ]
}

# Sets folder to the path of the folder with the archives. No folder above it on this path is a symbolic link. Creates
# the folder if this run needs it and the folder above it belongs to the user: with sudo, HOME can be that of another
# user.
find_cache() {
    cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
    case $cache in
        # a relative path
        [!/]*) return 1 ;;
        # in options, the JVM reads : as the end of a path, and % as the begin of a variable
        *[:%]* | *'
'*) return 1 ;;
    esac
    [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] || return 1
    if [ ! -e "$cache/kms-jca" ] && [ ! -h "$cache/kms-jca" ]; then
        [ "$uses_kms" = yes ] || return 1
        [ -O "$cache" ] || { [ ! -e "$cache" ] && [ -O "${cache%/*}" ]; } || return 1
        (umask 077 && mkdir -p "$cache/kms-jca") || return 1
    fi
    cache=$(CDPATH='' cd -- "$cache" && pwd -P) || return 1
    case $cache in
        *[:%]*) return 1 ;;
    esac
    folder=$cache/kms-jca
} 2>/dev/null

# Sets archive to the path of the archive. The file name contains a checksum of the JDK's description and path, and of
# the jar's size, time and path.
name_archive() {
    files=$(LC_ALL=C TZ=UTC0 ls -Ln "$jar") || return 1
    sum=$(
        cksum <<END
$release
$jdk
$files
END
    ) || return 1
    name=${jar##*/kms-jca-}
    archive=$folder/$tool-${name%.jar}-${sum%% *}.jsa
} 2>/dev/null

# Returns whether another process is making the archive, or has failed to make it in the last day. Removes the files of
# processes that were killed.
is_being_made() {
    for file in "$archive".*; do
        [ -f "$file" ] || continue
        minutes=10
        [ "$file" != "$archive.failed" ] || minutes=1440
        recent=$(find "$file" -mmin "-$minutes") && [ -z "$recent" ] || return 0
        rm -f "$file"
    done
    return 1
} 2>/dev/null

# Returns whether files or folders belong to the user, are not symbolic links, and are closed to all others. Sets user to
# the numeric id of the user.
are_private() {
    user=''
    for place do
        [ -O "$place" ] && [ ! -h "$place" ] || return 1
    done
    places=$(LC_ALL=C ls -ldn "$@") || return 1
    while read -r mode links owner rest; do
        case $mode in
            # no rights for group and others, and no access control list, which ls shows as +
            ????------ | ????------.) user=$owner ;;
            *) return 1 ;;
        esac
    done <<END
$places
END
} 2>/dev/null

# Returns whether only the user and root can rename a folder and the folders on its path, which has no symbolic links. Call
# are_private first.
is_in_safe_place() {
    [ -n "$user" ] || return 1
    place=${1%/*}
    set --
    while [ -n "$place" ]; do
        set -- "$@" "$place"
        place=${place%/*}
    done
    places=$(LC_ALL=C ls -ldn / "$@") || return 1
    while read -r mode links owner rest; do
        [ "$owner" = "$user" ] || [ "$owner" = 0 ] || return 1
        case $mode in
            # in a folder with the sticky bit, users can rename only what belongs to them
            ?????????[tT]*) ;;
            ?????w* | ????????w*) return 1 ;;
        esac
    done <<END
$places
END
} 2>/dev/null

# Keeps the dynamic archive if this run has made one. If it has listed its classes, makes an archive of the list in the
# background, because this takes seconds. This does not run the tool again, so it does not call KMS.
complete_archive() {
    if [ -f "$new_archive" ]; then
        rename_archive
        return
    fi
    [ -f "$new_archive.classes" ] || return 0
    # without the files of the caller, who may wait until nobody has them open
    (
        trap '' HUP INT
        trap discard_archive EXIT
        trap 'kill "$dump" 2>/dev/null; exit 143' TERM
        # the same program, because linked classes are used only with the main module for which they were linked
        set -- -cp "$jar"
        [ -z "$jvm_prefix" ] || set -- -J-cp "-J$jar"
        for option in -Xshare:dump "-XX:SharedClassListFile=$new_archive.classes" "-XX:SharedArchiveFile=$new_archive" \
            -XX:+AOTClassLinking -XX:ErrorFile=/dev/null $vm_options; do
            set -- "$jvm_prefix$option" "$@"
        done
        "$program" "$@" &
        dump=$!
        if wait "$dump"; then
            rename_archive
        else
            : >"$archive.failed"
        fi
    ) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
}

# Gives the archive its final name.
rename_archive() {
    chmod 600 "$new_archive" && mv -f "$new_archive" "$archive"
} 2>/dev/null

# Removes what this run has made, if it still has its temporary name.
discard_archive() {
    rm -f "$new_archive" "$new_archive.classes"
}
