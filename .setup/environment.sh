# What .setup/build and .setup/test have in common: system packages and the Python environment in .venv.
# Sourced by them, with $root set to the checkout. Plain POSIX sh: a fresh Debian has dash and no more.
# shellcheck shell=sh disable=SC2154,SC2086
# (SC2154: $root comes from the caller. SC2086: unquoted variables are lists of words, on purpose.)

say() {
    printf '%s\n' "$*"
}

# Runs a command and keeps its output in $output. It is shown only where the command fails: what apt, pip and npm
# say on the way is of no use to anybody, and what they say last is.
quietly() {
    status=0
    output=$("$@" 2>&1) || status=$?
    if [ "$status" != 0 ]; then
        # pip ends by saying that there is no such package where it could ask nobody whether there is.
        untrue='^$'
        case $output in *'connection broken by'*) untrue='^ERROR: (Could not find a version|No matching distribution)' ;; esac
        printf '%s\n' "$output" | grep -Ev "$untrue" >&2 || true
    fi
    return "$status"
}

# explain REGISTRY VARIABLE: why the command that has just failed got nothing, where its output shows it. VARIABLE
# is the one that names the file of certificates to trust.
explain() {
    bad_certificate='CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED'
    bad_certificate="$bad_certificate|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|ertificate verification failed"
    unreachable='Connection refused|ECONNREFUSED|Name or service not known|nodename nor servname|ENOTFOUND|EAI_AGAIN'
    unreachable="$unreachable|Temporary failure in name resolution|Temporary failure resolving|Could not resolve"
    unreachable="$unreachable|Network is unreachable|ENETUNREACH|No route to host|EHOSTUNREACH|ETIMEDOUT"
    unreachable="$unreachable|ECONNRESET|[Tt]imed out|Connection reset by peer|Connection failed|Could not connect to [^ ]*"
    unreachable="$unreachable|Tunnel connection failed: [0-9]* [A-Za-z ]*|Unable to connect to [^ ]*|from versions: none"
    if printf '%s\n' "$output" | grep -Eq "$bad_certificate"; then
        say "The certificate of the $1 is not trusted on this machine. Where an office puts its own in between, $2" \
            "may name the file of the office's authority, such as $2=/etc/ssl/office.pem." >&2
        return
    fi
    reason=$(printf '%s\n' "$output" | grep -Eo "$unreachable" | head -n 1)
    [ "$reason" = 'from versions: none' ] && reason='no answer'
    [ -z "$reason" ] ||
        say "The $1 could not be reached: $reason; check the network or the proxy settings (HTTPS_PROXY)." >&2
}

# The first Python on the PATH that is new enough and can make an environment (Debian's cannot without python3-venv).
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

# Asks the loader itself, as WeasyPrint will: a package list would miss libraries from elsewhere.
loads() {
    [ -n "$python" ] && "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

is_there() {
    case $1 in
        python*) [ -n "$python" ] ;;
        libpango-1.0-0) loads libpango-1.0.so.0 ;;
        libpangoft2-1.0-0) loads libpangoft2-1.0.so.0 ;;
        libharfbuzz-subset0) loads libharfbuzz-subset.so.0 ;;
        libatomic1) loads libatomic.so.1 ;;
        poppler-utils) command -v pdftotext >/dev/null ;;
        openssh-client) command -v ssh-keygen >/dev/null && command -v ssh-agent >/dev/null ;;
        gpg | gpg-agent) command -v "$1" >/dev/null ;;
        chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null ;;
    esac
}

# Installs those of the named Debian packages whose content is not there yet.
# A package that cannot be installed is named, and the work goes on: Markdown, HTML and the site need none of the libraries.
install_packages() {
    missing=
    for package in "$@"; do
        is_there "$package" && continue
        if [ "$package" = chromium ] && grep -qs '^UBUNTU_CODENAME=' /etc/os-release; then
            say "Ubuntu has Chromium only as a snap, which is left to you: snap install chromium"
            continue
        fi
        missing="$missing $package"
    done
    [ -n "$missing" ] || return 0

    if ! command -v apt-get >/dev/null; then
        say "Not on this machine, as Debian names it:$missing. Without apt-get they cannot be installed from here;" \
            "please install their like with the system's own package manager."
        return 0
    fi
    # A machine that has just started may still be updating itself; wait for it.
    apt='apt-get -o DPkg::Lock::Timeout=300'
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say "Not on this machine:$missing. An administrator can install them with this line:"
        say "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends$missing"
        return 0
    fi
    say "Reading the lists of system packages."
    plain="$as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive"
    # Where a list cannot be had, the lists of before may do; a package that is not in them ends the next step.
    if ! quietly $plain $apt update --error-on=any; then
        explain 'registry of system packages' 'Acquire::https::CaInfo of apt'
    fi
    # It is asked to install and answers no to its own question, having said how much it would fetch.
    asked=$($plain $apt install --assume-no --no-install-recommends $missing 2>&1 || true)
    say "Installing system packages:$missing$(apt_sizes)."
    if ! quietly $plain $apt install -y --no-install-recommends $missing; then
        explain 'registry of system packages' 'Acquire::https::CaInfo of apt'
        say "The installation of system packages failed (its messages are above); going on without them."
    fi
}

# What apt-get has $asked for, as " (134 MB to download, 500 MB on disk)"; the second form is that of apt 3.
apt_sizes() {
    fetched=$(printf '%s\n' "$asked" | sed -n -e 's|^Need to get \([^/]*\).* of archives\.$|\1|p' \
        -e 's|^ *Download size: \([^/]*[^/ ]\).*|\1|p')
    unpacked=$(printf '%s\n' "$asked" | sed -n -e 's|^After this operation, \(.*\) of additional .*|\1|p' \
        -e 's|^ *Space needed: \([^/]*[^/ ]\).*|\1|p')
    [ -z "$fetched" ] || printf ' (%s to download, %s on disk)' "${fetched% of archives.}" "${unpacked:-nothing}"
}

system_packages() {
    case $(uname -s) in
        Linux)
            pythons='python3 python3-venv'
            libraries='libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0'
            # Ubuntu 22.04: its python3 is 3.10, and its libharfbuzz0b has the subset library in it.
            if grep -qs '^UBUNTU_CODENAME=jammy' /etc/os-release; then
                pythons='python3.11 python3.11-venv'
                libraries='libpango-1.0-0 libpangoft2-1.0-0'
            fi
            install_packages $pythons $libraries "$@"
            ;;
        Darwin)
            if [ -z "$python" ] || [ -z "$("$python" -c 'from ctypes.util import find_library as f; print(f("pango-1.0") or "")')" ]; then
                say "Python 3.11 or Pango is missing; Homebrew installs both: brew install python pango"
            fi
            ;;
        MINGW* | MSYS* | CYGWIN*)
            say "On Windows please run this command in WSL (wsl --install), where it works as on Ubuntu."
            exit 1
            ;;
    esac
}

digest() {
    "$python" -c 'import hashlib, sys
print(hashlib.sha256(b"".join(open(name, "rb").read() for name in sys.argv[1:])).hexdigest())' "$@"
}

# True if .venv works, was made at this place (its scripts name it) and holds exactly what the lock says.
holds() {
    .venv/bin/python -c 'import pip' 2>/dev/null &&
        [ "$(cat ".venv/$1.installed" 2>/dev/null)" = "$(digest "$1") $root" ]
}

install_lock() {
    say "Installing the packages of $1 into .venv; this can take a minute."
    before=$(kilobytes .venv)
    # Wheels only: nothing is compiled, and no unlocked build tool runs. The lock is complete, so pip need not read
    # what its packages ask for; old versions of pip would warn of an extra of lxml that they do not find.
    if ! quietly .venv/bin/python -m pip install --disable-pip-version-check --no-color --progress-bar off \
        --require-hashes --only-binary :all: --no-deps -r "$1"; then
        explain 'Python package registry' PIP_CERT
        exit 1
    fi
    number=$(printf '%s\n' "$output" | sed -n 's/^Successfully installed //p' | wc -w)
    after=$(kilobytes .venv)
    say "Installed $((number)) packages: $(pip_fetched) MB downloaded, $(((after - before) / 1000)) MB on disk."
}

# Size of a folder. In the C locale and in kilobytes, so that every du says the same.
kilobytes() {
    du -sk "$1" | cut -f 1
}

# How many megabytes pip has downloaded, by its own words; what it had already it does not name.
pip_fetched() {
    printf '%s\n' "$output" | LC_ALL=C awk '
        / *Downloading .*\([0-9.]+ (bytes|kB|MB)\)$/ {
            size = $(NF - 1); unit = $NF
            sub(/^\(/, "", size); sub(/\)$/, "", unit)
            total += size * (unit == "MB" ? 1 : unit == "kB" ? 0.001 : 0.000001)
        }
        END { printf "%.0f", total }'
}

note() {
    printf '%s %s\n' "$(digest "$1")" "$root" >".venv/$1.installed"
}

python_environment() {
    lock=$1
    if ! holds "$lock"; then
        held=no
        holds requirements.txt && held=yes
        # Notes go first: an installation that is broken off leaves none, and the next run starts again.
        rm -f .venv/*.installed
        # requirements-dev.txt holds all of requirements.txt at the same versions, so it can be added to it.
        # Anything else is made new, so that nothing is left over from an older lock.
        if [ "$held" = no ]; then
            say "Making the Python environment .venv with $python."
            "$python" -m venv --clear .venv
        fi
        install_lock "$lock"
        note requirements.txt
        note "$lock"
    fi
    if [ "$(cat .venv/project.installed 2>/dev/null)" != "$(digest pyproject.toml)" ]; then
        say "Installing briefing itself into .venv, as a link to this checkout."
        quietly .venv/bin/python -m pip install --disable-pip-version-check --no-index --no-deps \
            --no-build-isolation --editable .
        digest pyproject.toml >.venv/project.installed
    fi
}

# The validator of HTML is a program for Node.js, which comes with the Python packages of the tests.
html_validator() {
    lock=.setup/package-lock.json
    [ "$(cat .venv/node.installed 2>/dev/null)" = "$(digest "$lock")" ] && return 0
    say "Installing the packages of $lock into .venv/node."
    rm -rf .venv/node
    mkdir .venv/node
    cp .setup/package.json "$lock" .venv/node
    # No script of a package runs. Certificates are those of the system, as for pip: an office may have its own.
    # What npm keeps for another time, and the notes of its runs, would otherwise stay in the home for good.
    if ! quietly env NODE_USE_SYSTEM_CA=1 NODE_DISABLE_COMPILE_CACHE=1 npm_config_cache="$root/.venv/node/cache" \
        npm_config_update_notifier=false .venv/bin/npm ci --prefix .venv/node --ignore-scripts --no-audit \
        --no-fund --loglevel=error; then
        explain 'registry of Node.js packages' NODE_EXTRA_CA_CERTS
        exit 1
    fi
    fetched=$(kilobytes .venv/node/cache)
    rm -rf .venv/node/cache
    number=$(printf '%s\n' "$output" | sed -n 's/^added \([0-9]*\) package.*/\1/p')
    say "Installed ${number:-0} packages: $((fetched / 1000)) MB downloaded, $(($(kilobytes .venv/node) / 1000)) MB on disk."
    digest "$lock" >.venv/node.installed
}

# prepare LOCK [PACKAGE...]: all that is needed to work with the packages of the lock and these system packages.
prepare() {
    lock=$1
    shift
    python=$(find_python)
    system_packages "$@"
    python=$(find_python)
    if [ -z "$python" ]; then
        say "Python 3.11 or newer with its venv module is needed and could not be installed."
        exit 1
    fi
    python_environment "$lock"
}
