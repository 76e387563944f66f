@echo off
rem Called by run.cmd and test.cmd: sets python to a Python from 3.11 to 3.14 that can make a virtual environment.
set "check=import sys, ensurepip, venv, sqlite3, ssl; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 14) and sys.maxsize > 2**32))"
for %%c in ("py -3.13" "py -3.12" "py -3.14" "py -3.11" "python" "python3") do (
    %%~c -c "%check%" >nul 2>nul && (
        set "python=%%~c"
        exit /b 0
    )
)
echo Article Annotator: 64-bit Python 3.11 to 3.14 is missing: install it from the Microsoft Store or with winget, then run this again. 1>&2
exit /b 1
