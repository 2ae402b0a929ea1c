# Class-data archives of the JVM (JEP 350), which make the tools start faster. There is one archive for each tool, JDK and
# version of kms-jca, in the user's cache folder. The JVM runs the code in an archive, so only the user may be able to
# write it. The JVM itself refuses an archive that was made by another JDK or with another jar.

# Sets:
#   archive_option  an option of the JVM
#   new_archive     the archive that this run makes; empty if it makes none
choose_archive() {
    archive_option=-Xshare:auto
    new_archive=''
    cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
    folder=$cache/kms-jca
    # a relative or empty path
    [ "${cache#/}" != "$cache" ] && [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] || return 0
    [ -f "$jdk/release" ] || return 0
    if [ ! -e "$folder" ] && [ ! -h "$folder" ]; then
        (umask 077 && mkdir -p "$folder") 2>/dev/null || return 0
    fi
    is_private "$folder" && ! is_open_to_others "$cache" || return 0
    sum=$({ cat "$jdk/release" && ls -Ln "$jar" && echo "$jdk"; } 2>/dev/null | cksum) || return 0
    name=${jar##*/kms-jca-}
    archive=$folder/$tool-${name%.jar}-${sum%% *}.jsa
    if [ -f "$archive" ]; then
        if is_private "$archive"; then
            archive_option=-XX:SharedArchiveFile=$archive
        fi
    elif [ "$uses_kms" = yes ] && [ -w "$folder" ]; then
        # each process writes a file of its own, so several can run at once
        new_archive=$archive.$$
        archive_option=-XX:ArchiveClassesAtExit=$new_archive
    fi
}

# Returns whether a file or folder belongs to the user, is not a symbolic link, and is closed to all others.
is_private() {
    [ -O "$1" ] && [ ! -h "$1" ] || return 1
    case $(LC_ALL=C ls -ld "$1") in
        ????------[.\ ]*) return 0 ;;
        *) return 1 ;;
    esac
}

# Returns whether others can rename the folders in a folder.
is_open_to_others() {
    case $(LC_ALL=C ls -Lld "$1") in
        ?????????[tT]*) return 1 ;;
        ?????w* | ????????w*) return 0 ;;
        *) return 1 ;;
    esac
}

# Keeps the archive that this run has made.
keep_archive() {
    [ -f "$new_archive" ] || return 0
    chmod 600 "$new_archive" && mv -f "$new_archive" "$archive"
} 2>/dev/null

# Removes an archive that is not kept.
discard_archive() {
    rm -f "$new_archive"
}
