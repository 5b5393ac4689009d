# shellcheck shell=sh
# shellcheck disable=SC2154 # thaw_home is the caller's
#
# What ./thaw and ./check share: finding tools, installing them, building.
# POSIX sh, to be sourced; the caller has set thaw_home to the repository.
# Functions end the script with the exit statuses of the README.

thaw_target=$thaw_home/src/target
thaw_stamp=$thaw_target/thaw.stamp
thaw_archive=$thaw_target/thaw.jsa
thaw_archive_jvm=$thaw_target/thaw.jsa.jvm

say() {
	printf '%s\n' "$*" >&2
}

# fail STATUS MESSAGE [HINT]
fail() {
	say "error: $2"
	[ -z "${3-}" ] || say "hint: $3"
	exit "$1"
}

# The Debian package that has a program.
package_of() {
	case $1 in
	java | javac) echo default-jdk-headless ;;
	mvn) echo maven ;;
	qemu-system-x86_64) echo qemu-system-x86 ;;
	qemu-system-aarch64) echo qemu-system-arm ;;
	qemu-system-riscv64) echo qemu-system-misc ;;
	xz) echo xz-utils ;;
	objcopy) echo binutils ;;
	crit) echo criu ;;
	bochs) echo bochs bochsbios vgabios ;;
	grub-mkimage) echo grub-common grub-pc-bin ;;
	cc) echo g++ ;; # with a libc to compile against
	*) echo "$1" ;;
	esac
}

# Where a program is; java and javac are taken from JAVA_HOME first, as Maven does.
path_of() {
	case $1 in
	java | javac)
		if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/$1" ]; then
			echo "$JAVA_HOME/bin/$1"
			return
		fi
		;;
	esac
	command -v "$1" || true
}

# packages_missing PROGRAM...: packages of those that are not there, each once.
packages_missing() {
	missing=
	for program; do
		[ -n "$(path_of "$program")" ] && continue
		package=$(package_of "$program")
		case " $missing " in
		*" $package "*) ;;
		*) missing="$missing${missing:+ }$package" ;;
		esac
	done
	echo "$missing"
}

install_line() {
	echo "apt-get update && apt-get install -y --no-install-recommends $1"
}

# require PROGRAM...: ends with status 4 and the line that installs what is missing.
require() {
	packages=$(packages_missing "$@")
	[ -z "$packages" ] ||
		fail 4 "not installed: $packages" "run as root: $(install_line "$packages")"
}

# install_tools PROGRAM...: as require, but installs if this is root on a Debian.
install_tools() {
	packages=$(packages_missing "$@")
	[ -n "$packages" ] || return 0
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		require "$@"
	fi
	say "installing: $packages"
	# shellcheck disable=SC2086 # a list of words
	if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $packages; } >&2; then
		fail 4 "could not install: $packages" "run as root: $(install_line "$packages")"
	fi
	hash -r
	require "$@"
}

# The compiler must be of Java 17 or later.
require_jdk() {
	require java javac mvn
	version=$("$(path_of javac)" -version 2>&1)
	major=${version#javac }
	major=${major%%[!0-9]*}
	[ "${major:-0}" -ge 17 ] ||
		fail 4 "found $version, acceptable: javac 17 or later" \
			"run as root: $(install_line default-jdk-headless), or set JAVA_HOME"
}

class_path() {
	path=$thaw_target/thaw.jar
	for jar in "$thaw_target"/lib/*.jar; do
		path=$path:$jar
	done
	echo "$path"
}

# Whether the jars are missing, or a source is newer than the last build's start.
build_needed() {
	[ -e "$thaw_target/thaw.jar" ] && [ -e "$thaw_stamp" ] || return 0
	[ -n "$(cd "$thaw_home" && find pom.xml .mvn gem5 restorer-stubs linker rtl src \
		\( -name target -o -name test \) -prune -o \
		-type f -newer "$thaw_stamp" -print -quit)" ]
}

# build_if_needed quiet|loud: loud tells of every module.
build_if_needed() {
	if [ -n "${THAW_NO_BUILD-}" ]; then
		[ -e "$thaw_target/thaw.jar" ] || fail 4 "not built, and THAW_NO_BUILD is set"
		return
	fi
	build_needed || return 0
	require_jdk
	mkdir -p "$thaw_home/target" "$thaw_target"
	# One build at a time; whoever waited finds nothing left to do.
	if command -v flock >/dev/null; then
		exec 9>"$thaw_home/target/build.lock"
		flock 9
		if ! build_needed; then
			exec 9>&-
			return
		fi
	fi
	say "building Thaw (the first time takes some minutes)"
	[ ! -t 2 ] || set -- loud
	package "$1"
	exec 9>&-
}

# package quiet|loud: leftovers of an older source may be in the way of a new one,
# so a build upon an earlier one that fails is done once more from nothing.
package() {
	again=
	[ ! -e "$thaw_home/linker/target" ] || again=yes
	while :; do
		mkdir -p "$thaw_target"
		rm -rf "${thaw_target:?}/lib"
		: >"$thaw_stamp.started"
		if maven "$1" -pl src -am package -Dmaven.test.skip=true; then
			mv "$thaw_stamp.started" "$thaw_stamp"
			return
		fi
		[ -n "$again" ] || break
		again=
		say "building anew from nothing"
		rm -rf "$thaw_home/restorer-stubs/target" "$thaw_home/linker/target" \
			"$thaw_home/rtl/target" "$thaw_target"
	done
	tail -n 60 "$log" >&2
	if grep -Eq 'Could not transfer|Unknown host|Connection (timed out|refused)|offline mode' "$log"; then
		fail 4 "the build needs Maven Central, which cannot be reached (all output: $log)"
	fi
	fail 1 "the build failed (all output: $log)"
}

# maven quiet|loud ARGUMENT...: output goes to the file log; returns Maven's status.
maven() {
	volume=$1
	shift
	log=$thaw_home/target/build.log
	# Not through -f: Maven looks for .mvn from the current folder upwards.
	(cd "$thaw_home" && exec mvn -B -ntp "$@") >"$log" 2>&1 9>&- &
	maven_pid=$!
	trap 'kill "$maven_pid" 2>/dev/null; exit 130' INT TERM
	shown=
	seconds=0
	while kill -0 "$maven_pid" 2>/dev/null; do
		sleep 1
		seconds=$((seconds + 1))
		[ "$volume" = loud ] || continue
		module=$(sed -n 's/^\[INFO\] Building \(.*[^ ]\) *\[\([0-9/]*\)\]$/\2 \1/p' "$log" | tail -n 1)
		if [ "$module" != "$shown" ]; then
			say "  $module"
			shown=$module
		elif [ $((seconds % 30)) -eq 0 ]; then
			say "  still at it after $seconds s"
		fi
	done
	status=0
	wait "$maven_pid" || status=$?
	trap - INT TERM
	return "$status"
}

# Class data of the application in an archive, from which Java starts in half the
# time. Made anew for another build or another Java.
make_archive() {
	[ -w "$thaw_target" ] || return 0
	# shellcheck disable=SC3013 # -nt is POSIX since 2024, and older in every sh
	if [ -e "$thaw_archive" ] && [ ! "$thaw_target/thaw.jar" -nt "$thaw_archive" ] &&
		[ -e "$thaw_archive_jvm" ] && [ "$(cat "$thaw_archive_jvm")" = "$1" ]; then
		return
	fi
	# Made aside: another thaw may be starting from the old one.
	"$1" -XX:ArchiveClassesAtExit="$thaw_archive.$$" -XX:+UseSerialGC -Xlog:disable \
		-cp "$(class_path)" io.thaw.app.cli.Main \
		inspect "$thaw_home/tests/fixtures/dumps/x86-64-static.tar.xz" >/dev/null 2>&1 9>&- || true
	if [ -e "$thaw_archive.$$" ]; then
		mv "$thaw_archive.$$" "$thaw_archive"
		echo "$1" >"$thaw_archive_jvm"
	fi
}
