#!/bin/sh
# Runs in the guest, as root, from the share /mnt/host: puts the files of the recording
# where they were, restores its checkpoint with CRIU, and waits for the program's end.
host=/mnt/host
work=$(cat $host/work)
echo "job: criu $(criu --version | sed -n 's/^Version: //p'), kernel $(uname -r)"
tar -C / -xf $host/files.tar
# --shell-job: the leader of the session stayed on the host.
$host/parent criu restore --restore-detached --shell-job \
	-D $host/img -W /tmp -v4 -o /tmp/restore.log
cp /tmp/restore.log $host/
cp "$work/out.txt" $host/out.restored
