@echo off
rem Opens the annotator: run.cmd [PROJECT]
rem Makes .venv and installs what is missing first (see scripts\setup.py). Any other argument goes to the command line.
setlocal
set "here=%~dp0"
call "%here%scripts\python.cmd" || exit /b 1
%python% "%here%scripts\setup.py" || exit /b 1
"%here%.venv\Scripts\python.exe" -P -m annotator %*
exit /b %errorlevel%
