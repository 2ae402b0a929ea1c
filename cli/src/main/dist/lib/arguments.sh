# Reads the arguments of the user, and sets:
#   options   the options to add: keystore type, provider, and the option that avoids a prompt for a password
#   uses_kms  yes if the command normally calls AWS KMS, so that an archive of its classes is worth making
read_arguments() {
    type=AWSKMS
    protection=-protected
    provider='-providerclass io.github.kmsjca.KmsProvider'
    command=''
    previous=''
    for argument do
        case $previous in
            -storetype | -storeType) type=$argument ;;
            -providerclass | -providerClass | -addprovider | -addProvider)
                case $argument in
                    AWSKMS | io.github.kmsjca.KmsProvider) provider='' ;;
                esac
                ;;
        esac
        case $argument in
            -storetype | -storeType) is_type_given=yes ;;
            -storepass* | -keypass* | -protected) protection='' ;;
            # keytool's commands with a keystore
            -list | -certreq | -genkeypair | -genkey | -gencert | -exportcert | -export | -importcert | -import | \
                -delete | -changealias | -verify)
                command=$argument
                ;;
            # commands of kms-jca that call AWS KMS
            list | check | certreq | selfsign | pubkey | import) command=${command:-$argument} ;;
        esac
        previous=$argument
    done
    # with -protected, these commands of keytool would ask for the password of the key
    if [ "$tool" = kms-keytool ] && [ "$command" != -genkeypair ] && [ "$command" != -genkey ]; then
        protection=${protection:+-storepass unused}
    fi
    if [ "$type" = AWSKMS ]; then
        [ -n "${is_type_given:-}" ] || options='-storetype AWSKMS'
        options="$options $protection $provider"
    fi
    case $tool:$command in
        kms-jarsigner:-verify | kms-jca:) ;;
        kms-jarsigner:* | kms-jca:* | kms-keytool:-certreq | kms-keytool:-genkeypair | kms-keytool:-gencert) uses_kms=yes ;;
        # the other commands accept none of the options
        kms-keytool:) options='' ;;
    esac
    [ "$tool" != kms-jca ] || options=''
}
