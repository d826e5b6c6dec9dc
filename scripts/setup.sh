#!/bin/sh
# Installs what is missing: Debian packages with apt, pinned npm packages (models, page) with npm.
# `setup.sh build` for building and running, `setup.sh test` for the tests too. Quick and offline when
# everything is there already.
set -eu
cd "$(dirname "$0")/.."

packages() { grep -hv '^#' "scripts/debian-packages-$1.txt"; }

missing_packages() {
  for package in $(packages "$1"); do
    # nodejs and npm may come from elsewhere than Debian.
    case $package in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  missing=$(missing_packages "$1")
  [ -n "$missing" ] || return 0
  echo "Installing Debian packages:" $missing
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

# npm writes node_modules/.package-lock.json last: newer than our lock file means complete.
install_npm_packages() {
  [ node_modules/.faceveil-complete -nt package-lock.json ] && return 0
  echo "Fetching the pinned npm packages (face networks, page)"
  # npm 11 refuses a lock file without the optional packages of other platforms, which a registry may
  # not have. `npm install` takes the locked versions too, checks the same integrity hashes, and with
  # --no-save changes no file of ours.
  npm ci --ignore-scripts --no-audit --no-fund 2>/dev/null ||
    npm install --ignore-scripts --no-audit --no-fund --no-save
  touch node_modules/.faceveil-complete
}

install_packages "$1"
install_npm_packages
