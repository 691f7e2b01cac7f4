#!/bin/sh
# Cleans up after a process group when whoever started it is gone, however it went.
#
#   keeper.sh PROCESS_GROUP FOLDER
#
# Its standard input is a pipe from the parent: it ends when the parent closes it, exits, crashes or
# is killed. Then the group is stopped, with everything that has FOLDER in its command line (an
# engine's containerd and shims are in sessions of their own), and FOLDER is unmounted and removed.
trap '' INT TERM HUP
group=$1
folder=$2
case "$folder" in
  */ecr-?*) ;;
  *) echo "keeper: refuses to clean $folder" >&2; exit 64 ;;
esac

cat >/dev/null

left() {
  kill -0 "-$group" 2>/dev/null && return 0
  [ -n "$(named)" ]
}

# The ids of processes that name the folder, without this one and the shells it forks.
named() {
  for line in $(grep -lsF -- "$folder" /proc/[0-9]*/cmdline 2>/dev/null); do
    id=${line#/proc/}
    id=${id%/cmdline}
    [ "$id" = "$$" ] && continue
    grep -qsF keeper.sh "$line" && continue
    grep -qsF -- "-lsF" "$line" && continue
    echo "$id"
  done
}

signal() {
  kill "-$1" "-$group" 2>/dev/null
  for id in $(named); do kill "-$1" "$id" 2>/dev/null; done
}

kill -TERM "-$group" 2>/dev/null
turns=0
while left && [ "$turns" -lt 50 ]; do
  sleep 0.1
  turns=$((turns + 1))
done
signal KILL
turns=0
while left && [ "$turns" -lt 50 ]; do
  sleep 0.1
  turns=$((turns + 1))
  signal KILL
done

# Deepest mounts first. Where there is no /proc there is nothing of ours to unmount.
if [ -r /proc/self/mounts ]; then
  cut -d' ' -f2 /proc/self/mounts | grep -F -- "$folder/" | sort -r | while read -r mount; do
    umount -l "$mount" 2>/dev/null
  done
fi
rm -rf -- "$folder"
