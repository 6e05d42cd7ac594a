#!/usr/bin/env bash
# Installs what Segue needs on Debian 12: the one list of packages. Only what is missing is asked for.
#   samples/install-packages.sh          to build and run
#   samples/install-packages.sh --tests  also what the tests use
set -euo pipefail

build="g++ make cmake ninja-build pkg-config
  libsndfile1-dev libsoxr-dev libcdio-dev libssl-dev libxxhash-dev libutf8proc-dev libpugixml-dev libfmt-dev
  nlohmann-json3-dev libcli11-dev libcairo2-dev libpango1.0-dev libebur128-dev libfftw3-dev fonts-dejavu-core
  libwxgtk3.2-dev libgtk-3-dev portaudio19-dev librsvg2-common adwaita-icon-theme"
tests="doctest-dev libburn-dev cdrdao cuetools cdrskin libcdio-utils flac sox ffmpeg loudgain poppler-utils locales valgrind
  clang-19 libclang-rt-19-dev clang-format-19 clang-tidy-19 strace libfuse3-dev fuse3
  pipewire pipewire-bin pipewire-alsa wireplumber libasound2-plugins dbus dbus-x11 dbus-user-session
  xvfb openbox xdotool imagemagick x11-utils python3-pyatspi at-spi2-core desktop-file-utils appstream libxml2-utils
  python3-gi gir1.2-atspi-2.0"

wanted=$build
if [ "${1:-}" = "--tests" ]; then wanted="$build $tests"; fi

missing=""
for package in $wanted; do
    if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed"; then
        missing="$missing $package"
    fi
done
if [ -z "$missing" ]; then exit 0; fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing and neither root nor sudo is at hand:$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086  # a list of words is meant
$as_root apt-get install -y -q --no-install-recommends $missing
