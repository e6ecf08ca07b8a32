# Sourced by run and dev, with groups=run or groups=test: packages, built scripts, compiled translations.
say() { printf '  %s\n' "$*" >&2; }
# Where compiled files are forbidden, each process reads every module's source when it starts: 2.5 s more.
unset PYTHONDONTWRITEBYTECODE
say "setting up"
bin/setup "$groups"
if [ -x bin/frontend ]; then bin/frontend; fi
for po in locale/*/LC_MESSAGES/*.po; do
  [ -e "$po" ] || continue
  if [ ! -e "${po%.po}.mo" ] || [ -n "$(find "$po" -newer "${po%.po}.mo")" ]; then
    say "compiling translations"
    .venv/bin/python bin/translations.py compile
    break
  fi
done
