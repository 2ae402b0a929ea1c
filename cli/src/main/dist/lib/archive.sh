# Class-data archives of the JVM, which make the tools start faster. There is one archive for each tool, JDK and version
# of kms-jca, in the user's cache folder. The JVM runs the code in an archive, so nobody but the user may have write
# access to it. The JVM itself refuses an archive that was made by another JDK or with another jar.
#
# Before Java 24, the first run makes a dynamic archive (JEP 350) when it ends. Since Java 24, the first run only lists its
# classes, and a process in the background makes an archive that also contains links between them (JEP 483).
#
# Each process that these functions start takes some milliseconds, so they start few.

# Sets:
#   archive_option  an option of the JVM
#   new_archive     the archive that this run prepares, with its temporary name; empty if it prepares none
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
    name_archive || return 0
    if [ -f "$archive" ]; then
        if are_private "$folder" "$archive" && is_in_safe_place "$cache"; then
            archive_option=-XX:SharedArchiveFile=$archive
        fi
    elif [ "$uses_kms" = yes ] && [ -w "$folder" ] && are_private "$folder" && is_in_safe_place "$cache" &&
        ! is_being_made; then
        new_archive=$archive.$$
        archive_option=-XX:ArchiveClassesAtExit=$new_archive
        ! can_link_classes || archive_option=-XX:DumpLoadedClassList=$new_archive.classes
    fi
}

# Sets the file name of the archive. Another JDK or another jar has another size, time or path, and so another sum.
name_archive() {
    files=$(LC_ALL=C TZ=UTC0 ls -Ln "$jdk/release" "$jar" 2>/dev/null) || return 1
    sum=$(
        cksum <<END
$files
END
    ) || return 1
    name=${jar##*/kms-jca-}
    archive=$folder/$tool-${name%.jar}-${sum%% *}.jsa
}

# Returns whether another process is making the archive. Removes the files of processes that were killed.
is_being_made() {
    for file in "$archive".*; do
        [ -f "$file" ] || continue
        [ -z "$(find "$file" -mmin -10 2>/dev/null)" ] || return 0
        rm -f "$file"
    done
    return 1
}

# Returns whether files or folders belong to the user, are not symbolic links, and are closed to all others.
# Sets user to the numeric id of the user.
are_private() {
    for place do
        [ -O "$place" ] && [ ! -h "$place" ] || return 1
    done
    places=$(LC_ALL=C ls -ldn "$@" 2>/dev/null) || return 1
    while read -r mode links user rest; do
        case $mode in
            # no rights for group and others, and no access control list, which ls shows as +
            ????------ | ????------.) ;;
            *) return 1 ;;
        esac
    done <<END
$places
END
}

# Returns whether only the user and root can rename the folders on the path to a folder. Call are_private first.
is_in_safe_place() {
    place=$(CDPATH='' cd -- "$1" && pwd -P) || return 1
    set --
    while [ -n "$place" ]; do
        set -- "$@" "$place"
        place=${place%/*}
    done
    places=$(LC_ALL=C ls -ldn / "$@" 2>/dev/null) || return 1
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
}

# Keeps the dynamic archive that this run has made. Or makes an archive of the classes that this run has listed, in the
# background, because this takes seconds. It does not run the tool again, so it does not call KMS.
complete_archive() {
    if [ -f "$new_archive" ]; then
        rename_archive
        return
    fi
    [ -f "$new_archive.classes" ] || return 0
    (
        trap '' HUP INT
        trap discard_archive EXIT
        # the same program, because linked classes are used only with the main module for which they were linked
        set -- -cp "$jar"
        [ -z "$jvm_prefix" ] || set -- -J-cp "-J$jar"
        for option in -Xshare:dump "-XX:SharedClassListFile=$new_archive.classes" "-XX:SharedArchiveFile=$new_archive" \
            -XX:+AOTClassLinking $vm_options; do
            set -- "$jvm_prefix$option" "$@"
        done
        "$program" "$@" && rename_archive
    ) </dev/null >/dev/null 2>&1 &
}

# Returns whether the JDK is Java 24 or later.
can_link_classes() {
    version=0
    while IFS='="' read -r key empty value rest; do
        [ "$key" != JAVA_VERSION ] || version=${value%%[!0-9]*}
    done <"$jdk/release"
    [ "${version:-0}" -ge 24 ]
}

# Gives the archive its final name.
rename_archive() {
    chmod 600 "$new_archive" && mv -f "$new_archive" "$archive"
} 2>/dev/null

# Removes what this run has made, if it still has its temporary name.
discard_archive() {
    rm -f "$new_archive" "$new_archive.classes"
}
