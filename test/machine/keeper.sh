#!/bin/sh
# Cleans up after a process group when whoever started it is gone, however it went.
#
#   keeper.sh LEADER FOLDER
#
# LEADER is the id of the group and of its first process. Standard input is a pipe from the parent:
# it ends when the parent closes it, exits, crashes or is killed. Then the leader gets time to stop
# in order (an engine stops its containers), the rest is ended, and FOLDER is unmounted and removed.
# An engine's shims and containers are in sessions of their own: they are known by FOLDER in their
# command line and by its last part in their control group.
trap '' INT TERM HUP
leader=$1
folder=$2
name=${folder##*/}
case "$folder" in
  /*/ecr-?*) ;;
  *) echo "keeper: refuses to clean $folder" >&2; exit 64 ;;
esac

cat >/dev/null

# The ids of processes that name the folder, without this script and what it runs.
named() {
  { grep -lsF -- "$folder" /proc/[0-9]*/cmdline; grep -lsF -- "/$name" /proc/[0-9]*/cgroup; } |
    while read -r file; do
      id=${file#/proc/}
      id=${id%/*}
      [ "$id" = "$$" ] && continue
      grep -qsF -e keeper.sh -e -lsF "/proc/$id/cmdline" && continue
      echo "$id"
    done
}

# A process that ended but that nobody has waited for counts as ended.
leader_runs() {
  state=$(ps -o stat= -p "$leader" 2>/dev/null) && [ "${state#Z}" = "$state" ]
}

kill -TERM "$leader" 2>/dev/null
turns=0
while leader_runs && [ "$turns" -lt 30 ]; do
  sleep 0.1
  turns=$((turns + 1))
done
kill -TERM "-$leader" 2>/dev/null
turns=0
while [ "$turns" -lt 50 ]; do
  left=$(named)
  kill -0 "-$leader" 2>/dev/null || [ -n "$left" ] || break
  # A moment for the rest of the group to end by itself.
  if [ "$turns" -gt 2 ]; then
    kill -KILL "-$leader" 2>/dev/null
    for id in $left; do kill -KILL "$id" 2>/dev/null; done
  fi
  sleep 0.1
  turns=$((turns + 1))
done

# Deepest mounts first. Where there is no /proc there is nothing of ours to unmount.
if [ -r /proc/self/mounts ]; then
  cut -d' ' -f2 /proc/self/mounts | grep -F -- "$folder/" | sort -r | while read -r mount; do
    umount -l "$mount" 2>/dev/null
  done
  find /sys/fs/cgroup -depth -type d -path "*/$name*" -exec rmdir {} \; 2>/dev/null
fi
rm -rf -- "$folder"
