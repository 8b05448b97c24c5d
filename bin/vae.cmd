@echo off
rem Runs large-vae on Windows, as bin/vae does elsewhere: in a checkout, builds it first unless that
rem was done since the sources changed. Not yet tried on a Windows machine.
rem
rem   JAVA_HOME      the Java to run on (17 or newer); without it, the java on the PATH
rem   VAE_JAVA_OPTS  further options for Java, separated by spaces
rem   VAE_CLASSPATH  jars with plugins, separated by semicolons
rem
rem Unlike bin/vae it does not keep two first uses from building at the same time, and shows progress
rem line by line. Values that may hold parentheses are kept out of blocks: they would end them.
setlocal EnableExtensions DisableDelayedExpansion
rem A java.exe or mvn.cmd in the current folder is not the one that is meant.
set "NoDefaultCurrentDirectoryInExePath=1"

if not defined JAVA_HOME goto :find_version
if not exist "%JAVA_HOME%\bin\java.exe" goto :bad_java_home
set "PATH=%JAVA_HOME%\bin;%PATH%"

:find_version
set "version="
for /f "tokens=3" %%v in ('java -version 2^>^&1 ^| findstr /c:" version "') do if not defined version set "version=%%~v"
if not defined version goto :no_java
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 goto :old_java

for %%d in ("%~dp0..") do set "root=%%~fd"
set "program=%root%"
if not exist "%root%\pom.xml" goto :run
set "program=%root%\vae-examples\target\vae"

if not exist "%program%\built" goto :build
rem Folders count too: their time changes with a deletion. Ends with 3 where something is newer.
set "VAE_ROOT=%root%"
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath (Join-Path $env:VAE_ROOT 'vae-examples\target\vae\built')).LastWriteTimeUtc; $modules = Get-ChildItem -LiteralPath $env:VAE_ROOT -Filter 'vae-*' -Directory | ForEach-Object { $_.FullName }; $sources = @($env:VAE_ROOT) + $modules | ForEach-Object { (Join-Path $_ 'pom.xml'), (Join-Path $_ '.mvn'), (Join-Path $_ 'src\main') } | Where-Object { Test-Path -LiteralPath $_ }; $newer = $sources | ForEach-Object { Get-Item -Force -LiteralPath $_; Get-ChildItem -Force -Recurse -LiteralPath $_ } | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1; if ($newer) { exit 3 } else { exit 0 }"
if errorlevel 1 goto :build

:run
set "options=--enable-native-access=ALL-UNNAMED"
rem Guice 7 draws a warning from newer Java.
if %major% GEQ 23 set "options=%options% --sun-misc-unsafe-memory-access=allow"
rem PyTorch is in lib: nothing needs fetching.
if exist "%program%\lib\pytorch-native-cpu-*.jar" if not defined DJL_OFFLINE set "DJL_OFFLINE=true"
rem PyTorch's threads wait for each other asleep.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
rem DJL reports its use to its makers unless told not to.
if not defined OPT_OUT_TRACKING set "OPT_OUT_TRACKING=true"
rem Java itself replaces the star by the jars: a command line of their names might be too long.
set "class_path=%program%\lib\*"
if defined VAE_CLASSPATH set "class_path=%class_path%;%VAE_CLASSPATH%"
java -XX:+UseSerialGC -Djava.awt.headless=true %options% "-Dvae.home=%root%" -Dvae.terminal=false %VAE_JAVA_OPTS% -cp "%class_path%" org.largevae.runner.cli.Main %*
exit /b %errorlevel%

:build
where mvn >nul 2>nul
if errorlevel 1 goto :no_maven
if not exist "%root%\target" mkdir "%root%\target"
if errorlevel 1 goto :not_writable
set "log=%root%\target\vae-build.log"
echo building large-vae...>&2
type nul >"%root%\target\vae-build.started"
pushd "%root%"
call mvn -q -B -Dmaven.test.skip=true package -pl vae-examples -am >"%log%" 2>&1 <nul
set "status=%errorlevel%"
popd
if not "%status%"=="0" goto :build_failed
rem A source that was saved during the build is newer than it; copying keeps the time.
copy /y "%root%\target\vae-build.started" "%program%\built" >nul
goto :run

:bad_java_home
echo vae: JAVA_HOME is %JAVA_HOME%, where there is no bin\java.exe; set it to Java 17 or newer, or unset it>&2
exit /b 1

:no_java
echo vae: Java 17 or newer is needed and no java that tells its version is on the PATH; install it or set JAVA_HOME>&2
exit /b 1

:old_java
echo vae: Java 17 or newer is needed, but this one is %version%; set JAVA_HOME to a newer one>&2
exit /b 1

:no_maven
echo vae: large-vae has to be built first and there is no mvn on the PATH; install Maven 3.8 or newer>&2
exit /b 1

:not_writable
echo vae: cannot build large-vae: %root% is not writable>&2
exit /b 1

:build_failed
type "%log%" >&2
echo vae: the build of large-vae failed; its output is above and in %log%>&2
exit /b 1
