@echo off
rem Runs every check and test: test.cmd [--fast, --cover or --interop] [--long] [PYTEST ARGUMENTS]
rem Makes .venv and installs what is missing first; see scripts\check.py.
setlocal
set "here=%~dp0"
call "%here%scripts\python.cmd" || exit /b 1
set "kind=--dev"
if "%~1"=="--interop" set "kind=--interop"
%python% "%here%scripts\setup.py" %kind% || exit /b 1
cd /d "%here%"
".venv\Scripts\python.exe" scripts\check.py %*
exit /b %errorlevel%
