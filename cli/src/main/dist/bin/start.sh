#!/bin/sh
# Runs the tool that this file is named after. The distribution has a copy of this file for each tool.

# this file may be a symbolic link, for example in /usr/local/bin
script=$0
case $script in
    */*) ;;
    *) script=./$script ;;
esac
while [ -h "$script" ]; do
    link=$(readlink "$script")
    case $link in
        /*) script=$link ;;
        *) script=${script%/*}/$link ;;
    esac
done
tool=${script##*/}
home=$(CDPATH='' cd -- "${script%/*}/.." && pwd -P) || exit 1

. "$home/lib/tool.sh"
