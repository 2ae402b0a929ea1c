@echo off
rem Runs the tool that this file is named after. The distribution has a copy of this file for each tool.
setlocal EnableExtensions DisableDelayedExpansion
set "tool=%~n0"
set "jar="
set "jdk="

for %%f in ("%~dp0..\lib\kms-jca-*.jar") do set "jar=%%~ff"
if not defined jar (
    echo %tool%: there is no kms-jca-*.jar in the folder lib; unpack the distribution again>&2
    exit /b 1
)

if defined JAVA_HOME (
    set "jdk=%JAVA_HOME%"
) else (
    for %%j in (java.exe) do if not "%%~$PATH:j"=="" for %%d in ("%%~dp$PATH:j..") do set "jdk=%%~fd"
)
if not defined jdk (
    echo %tool%: there is no java; set JAVA_HOME to a JDK, version 17 or later, or add it to PATH>&2
    exit /b 1
)
if exist "%jdk%\bin\java.exe" goto found
echo %tool%: there is no bin\java.exe in "%jdk%"; set JAVA_HOME to a JDK, version 17 or later>&2
exit /b 1

:found
if /i "%tool%"=="kms-jca" goto jca

rem the options to add, as in lib/arguments.sh
set "type=-storetype AWSKMS"
set "protection=-protected"
set "provider=-providerclass io.github.kmsjca.KmsProvider"
set "command="
:next
if [%1]==[] goto run
if /i "%~1"=="-storetype" (
    set "type="
    if /i not "%~2"=="AWSKMS" (
        set "protection="
        set "provider="
    )
)
for %%p in (-storepass -storepass:env -storepass:file -keypass -keypass:env -keypass:file) do (
    if /i "%~1"=="%%p" set "protection="
)
if /i "%~1"=="-protected" set "protection="
if /i "%~2"=="io.github.kmsjca.KmsProvider" set "provider="
if /i "%~2"=="AWSKMS" if /i "%~1"=="-addprovider" set "provider="
if /i "%tool%"=="kms-jarsigner" if /i "%~1"=="-verify" goto plain
for %%c in (-list -certreq -genkeypair -genkey -gencert -exportcert -export -importcert -import -delete -changealias) do (
    if /i "%~1"=="%%c" set "command=%%c"
)
shift /1
goto next

:run
if /i "%tool%"=="kms-keytool" if not defined command goto plain
rem with -protected, some of these commands of keytool, such as -certreq, would ask for the password of the key
if defined protection if defined command if /i not "%command%"=="-genkeypair" if /i not "%command%"=="-genkey" (
    set "protection=-storepass unused"
)
set "name=%tool:kms-=%"
"%jdk%\bin\%name%.exe" -J-cp "-J%jar%" %type% %protection% %provider% %*
exit /b

rem -verify needs none of these options, and the other commands of keytool do not accept all of them
:plain
set "name=%tool:kms-=%"
"%jdk%\bin\%name%.exe" -J-cp "-J%jar%" %*
exit /b

:jca
"%jdk%\bin\java.exe" -jar "%jar%" %*
