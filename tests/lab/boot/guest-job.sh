#!/bin/sh
# Runs in the guest, as root, from the share /mnt/host: puts the files of the dump where they
# were and restores it. Marks: 1 begin, 2 in front of CRIU, 3 behind it, 4 the program's end.
host=/mnt/host
$host/mark1
mkdir -p /run/w
tar -C $host/sysroot -cf - . | tar -C / -xf -
cp -p $host/stdout.at-dump /run/w/out.txt
$host/mark2
criu restore -d -D $host/img -W /tmp -v0 -o /tmp/restore.log --pidfile /tmp/pid
status=$?
$host/mark3
while [ "$status" = 0 ] && kill -0 "$(cat /tmp/pid)" 2>/dev/null; do usleep 10000; done
$host/mark4
echo "job: criu restore ended with status $status"
cp /run/w/out.txt $host/out.restored
