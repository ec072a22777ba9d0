@echo off
rem promptls on Windows: builds once if needed, then runs the program. Needs JAVA_HOME to be a JDK 25 or newer.
setlocal
set "root=%~dp0"
set "jar=%root%server\app\target\promptls.jar"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo promptls: No JDK was found in JAVA_HOME: install a JDK 25 or newer and set JAVA_HOME to its folder. 1>&2
  exit /b 3
)
if not exist "%jar%" (
  echo promptls: building the program; this happens once and takes about a minute. 1>&2
  call mvn -B -q -ntp -f "%root%pom.xml" -pl server/app -am package -Dmaven.test.skip=true 1>&2
  if errorlevel 1 (
    echo promptls: The build failed: see the messages above. 1>&2
    exit /b 3
  )
)
rem As in the other launcher: commands are short, the server runs for hours.
set "tuning=-XX:TieredStopAtLevel=1"
if "%~1"=="serve" set "tuning=-XX:NewRatio=1 -XX:MaxNewSize=80m -XX:SurvivorRatio=3 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps"
"%JAVA_HOME%\bin\java.exe" -XX:+UseSerialGC %tuning% -Xms16m -Xmx1g -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "%jar%" dev.promptls.app.Main %*
exit /b %errorlevel%
