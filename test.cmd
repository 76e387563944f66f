@echo off
rem Runs every check and test: test.cmd [--fast] [PYTEST ARGUMENTS]
rem Makes .venv and installs what is missing first; see scripts\check.py.
setlocal
set "here=%~dp0"
call "%here%scripts\python.cmd" || exit /b 1
%python% "%here%scripts\setup.py" --dev || exit /b 1
cd /d "%here%"
".venv\Scripts\python.exe" scripts\check.py %*
exit /b %errorlevel%
