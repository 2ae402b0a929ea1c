# Decides by the user's arguments which options the tool and the JVM get.

# Reads the arguments of the user, and sets:
#   options   the options to add: keystore type, provider, and the option that avoids a prompt for a password
#   uses_kms  yes if the command normally calls AWS KMS, so that an archive of its classes is worth making
#   command   the command, if it is in the list below; otherwise empty
# The tools of the JDK ignore the case of options. Arguments in files (@FILE, -conf) are not read.
read_arguments() {
    options=''
    uses_kms=no
    command=''
    type=awskms
    is_type_given=no
    shows_help=no
    is_keystore_given=no
    protection=-protected
    provider='-providerclass io.github.kmsjca.KmsProvider'
    previous=''
    set -f
    IFS='
'
    words=$*
    case $words in
        *[ABCDEFGHIJKLMNOPQRSTUVWXYZ]*)
            words=$(printf '%s\n' "$words" | LC_ALL=C tr '[:upper:]' '[:lower:]')
            ;;
    esac
    for word in $words; do
        case $previous in
            -storetype) type=$word ;;
            -providerclass | -provider | -addprovider)
                case $word in
                    awskms | io.github.kmsjca.kmsprovider) provider='' ;;
                esac
                ;;
        esac
        case $word in
            -storetype) is_type_given=yes ;;
            # a file with arguments may name the keystore
            -keystore | -conf | @*) is_keystore_given=yes ;;
            -storepass* | -keypass* | -protected) protection='' ;;
            -h | --help | -help | --version) shows_help=yes ;;
            # the command help, which comes first
            help) [ "$tool" != kms-jca ] || [ -n "$previous" ] || shows_help=yes ;;
            # -V of kms-jca; -v of keytool makes the output longer
            -v) [ "$tool" != kms-jca ] || shows_help=yes ;;
        esac
        case $tool:$word in
            # the commands for AWSKMS keystores and KMS keys, and -verify, which gets no options
            kms-keytool:-list | kms-keytool:-certreq | kms-keytool:-genkeypair | kms-keytool:-genkey | \
                kms-keytool:-gencert | kms-keytool:-exportcert | kms-keytool:-export | kms-keytool:-importcert | \
                kms-keytool:-import | kms-keytool:-delete | kms-keytool:-changealias | kms-jarsigner:-verify | \
                kms-jca:list | kms-jca:check | kms-jca:certreq | kms-jca:selfsign | kms-jca:pubkey | kms-jca:import | \
                kms-jca:sign)
                command=${command:-$word}
                ;;
        esac
        previous=$word
    done
    unset IFS
    set +f
    case $tool:$command in
        # -verify needs no key, and its keystore may be of another type
        kms-jarsigner:-verify) ;;
        # the other commands of keytool do not accept all of the options
        kms-keytool:) ;;
        kms-keytool:-certreq | kms-keytool:-genkeypair | kms-keytool:-genkey | kms-keytool:-gencert)
            uses_kms=yes
            add_options
            ;;
        kms-keytool:*) add_options ;;
        kms-jarsigner:*)
            uses_kms=yes
            add_options
            ;;
        kms-jca:?*) uses_kms=yes ;;
    esac
    [ "$shows_help" = no ] || uses_kms=no
}

add_options() {
    [ "$type" = awskms ] || return 0
    # without -keystore, the tools read ~/.keystore, which rarely exists; without arguments, they show their help
    if [ "$is_keystore_given" = no ] && [ ! -f "${HOME:-}/.keystore" ] &&
        [ "$shows_help" = no ] && [ -n "$previous" ]; then
        fail 'there is no -keystore; write -keystore FILE, or -keystore NONE for the keys of the account'
    fi
    # with -protected, some of these commands of keytool, such as -certreq, would ask for the password of the key
    if [ "$tool" = kms-keytool ] && [ "$command" != -genkeypair ] && [ "$command" != -genkey ]; then
        protection=${protection:+-storepass unused}
    fi
    [ "$is_type_given" = yes ] || options='-storetype AWSKMS'
    options="$options $protection $provider"
}

# Sets:
#   vm_options  options that make a short run of the JVM faster, except those that contradict the options of the user
choose_vm_options() {
    vm_options=''
    everything=" ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} $* "
    case $everything in
        *-XX:+Use*GC*) ;;
        *) vm_options='-XX:+UseSerialGC' ;;
    esac
    case $everything in
        *-XX:TieredStopAtLevel=* | *-XX:[+-]TieredCompilation*) ;;
        *) is_short_run "$@" && vm_options="$vm_options -XX:TieredStopAtLevel=1" ;;
    esac
    # otherwise the JVM prints why it does not use an archive
    case $everything in
        *-Xlog*) ;;
        *) vm_options="$vm_options -Xlog:disable" ;;
    esac
}

# Returns whether the run is too short for the JVM's second compiler (C2). Code from C2 hashes large jars faster, but C2
# needs time to make it.
is_short_run() {
    [ "$tool:$command" != kms-jca:sign ] || return 1
    [ "$tool" = kms-jarsigner ] || return 0
    for argument do
        shift
        case $argument in
            /*) ;;
            # find must not read a name such as -delete as an option
            *) argument=./$argument ;;
        esac
        [ ! -f "$argument" ] || set -- "$@" "$argument"
    done
    # 20 MB; find counts in blocks of 512 bytes
    [ $# -eq 0 ] || [ -z "$(find -L "$@" -prune -size +40000 2>/dev/null)" ]
}
